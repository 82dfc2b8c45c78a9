package dev.baton.benchmarks;

/**
 * What one run of one measure on one subject gave.
 *
 * @param measure what was measured
 * @param subject on what
 * @param round in which round
 * @param score tasks a second or nanoseconds a task
 * @param bytes bytes allocated for a task
 */
record Sample(Measure measure, Subject subject, int round, double score, double bytes) {}
