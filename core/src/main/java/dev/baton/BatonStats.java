package dev.baton;

/**
 * Counts of one executor at one moment. They are read one after the other while tasks go on, so
 * they need not add up exactly on a busy executor.
 *
 * @param submitted tasks accepted so far
 * @param pending tasks whose body has not begun
 * @param running bodies that have begun and are not over, open stages and bodies of cancelled
 *     futures included
 * @param succeeded tasks whose body is over and whose future has a result
 * @param failed tasks that are over and whose future has an exception
 * @param cancelled tasks that are over and whose future was cancelled
 * @param rejected tasks that were not accepted
 * @param lent slots lent just now by tasks that wait for other tasks
 */
public record BatonStats(
    long submitted,
    long pending,
    long running,
    long succeeded,
    long failed,
    long cancelled,
    long rejected,
    int lent) {}
