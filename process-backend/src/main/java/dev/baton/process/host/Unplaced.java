package dev.baton.process.host;

import dev.baton.spi.TaskRun;

/**
 * A run that waits for a worker.
 *
 * @param run the run
 * @param shipment what is to be sent
 */
record Unplaced(TaskRun run, Shipment shipment) {}
