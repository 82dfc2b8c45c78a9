package dev.baton.benchmarks.bulk;

import org.junit.jupiter.api.Test;

class BulkComparisonTest {

  @Test
  void eachWorkloadComesToTheRightSumOnEachBackend() throws Exception {
    for (String backend : BulkComparison.BACKENDS) {
      BulkComparison.measure(backend, 2_500, 1); // throws if it does not
    }
  }
}
