package dev.baton.internal.future;

/** The ways in which a stage ends, or does not. */
enum Ending {
  VALUE,
  NULL,
  FAILED,
  CANCELLED,
  NEVER
}
