package dev.baton.testkit.contract;

/**
 * The whole contract of DESIGN section 5 as far as it is the same on every backend. To run it on a
 * backend, implement this and say how to open one:
 *
 * <pre>{@code
 * final class ThreadsContractTest implements BackendContract {
 *   @Override
 *   public BackendHarness harness() {
 *     return BackendHarness.of(
 *         shape -> shape.applyTo(ThreadOptions.defaults().workers(shape.slotsOr(2))));
 *   }
 * }
 * }</pre>
 *
 * <p>Each interface that this one extends can be implemented alone in the same way.
 */
public interface BackendContract
    extends FutureContract,
        FailureContract,
        CancelPendingContract,
        CancelRunningContract,
        CancelHookContract,
        TimeoutContract,
        DeadlineInheritanceContract,
        RetryContract,
        CallbackContract,
        StepContract,
        DependentContract,
        CleanWorkerContract,
        ShutdownContract,
        ShutdownNowContract,
        RejectionContract,
        QueueContract,
        LoggingContextContract,
        MapContract,
        MapViewsContract,
        ChunkContract,
        ChunkFailureContract,
        JournalContract,
        GroupContract,
        GroupTimeContract,
        GroupUseContract,
        HappensBeforeContract,
        NestedWaitContract,
        LastWayOutContract,
        WaitCycleContract,
        ExitContract,
        SubmitContract,
        InvokeContract,
        AsyncTaskContract,
        TaskContextContract,
        WorkerContract,
        InfoContract,
        ManyFuturesContract,
        AwaitContract,
        BadInputContract {}
