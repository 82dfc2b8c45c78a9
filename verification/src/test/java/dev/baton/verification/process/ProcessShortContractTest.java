package dev.baton.verification.process;

import dev.baton.testkit.BackendHarness;
import dev.baton.testkit.contract.ChunkContract;
import dev.baton.testkit.contract.ChunkFailureContract;
import dev.baton.testkit.contract.GroupContract;
import dev.baton.testkit.contract.GroupTimeContract;
import dev.baton.testkit.contract.GroupUseContract;
import dev.baton.testkit.contract.ManyFuturesContract;
import dev.baton.testkit.contract.MapViewsContract;

/** The part of the contract in worker JVMs that is about many tasks at once; the rest is long. */
final class ProcessShortContractTest
    implements ChunkContract,
        ChunkFailureContract,
        GroupContract,
        GroupTimeContract,
        GroupUseContract,
        ManyFuturesContract,
        MapViewsContract {

  @Override
  public BackendHarness harness() {
    return new ProcessHarness(options -> options);
  }
}
