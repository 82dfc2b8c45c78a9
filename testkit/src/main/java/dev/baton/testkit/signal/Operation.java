package dev.baton.testkit.signal;

/** What can be asked of the server; its name is its code on the wire. */
enum Operation {
  OPEN,
  IS_OPEN,
  AWAIT,
  COUNT,
  TOTAL,
  AWAIT_TOTAL,
  APPEND,
  LINES,
  DROP
}
