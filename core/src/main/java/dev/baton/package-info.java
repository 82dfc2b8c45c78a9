/**
 * What a caller types or catches: one executor facade over every way to run a task.
 *
 * <p><b>Submit.</b> {@link dev.baton.Baton#open(String)} opens a backend; {@link
 * dev.baton.Baton#submit(dev.baton.Task)} hands it a task and returns a {@link
 * dev.baton.TaskFuture}:
 *
 * <pre>{@code
 * try (Baton baton = Baton.open("threads")) {
 *   TaskFuture<Integer> answer = baton.submit(() -> 6 * 7);
 *   System.out.println(answer.get());
 * }
 * }</pre>
 *
 * <p><b>Swap.</b> {@link dev.baton.Baton#configured(String)} reads which backend it is and its
 * settings from properties; {@link dev.baton.ThreadOptions} and its kin say the same in code.
 *
 * <p><b>Wrap.</b> {@link dev.baton.Baton#bind(dev.baton.TaskOptions, dev.baton.TaskFunction)} turns
 * a blocking call into a function that returns futures, with a timeout that ends the wait at once.
 *
 * <p><b>Wait.</b> One future: {@link dev.baton.TaskFuture#get()}. Many: {@link
 * dev.baton.TaskFutures}. A function over many inputs: {@link dev.baton.Baton#map}. Inside a task:
 * {@link dev.baton.Await}.
 *
 * <p><b>Stop.</b> {@link dev.baton.TaskFuture#cancel(dev.baton.CancelMode)} ends the future at
 * once; {@link dev.baton.TaskContext#onCancel} helps the body to stop; {@link
 * dev.baton.TaskFuture#terminated()} tells when it has.
 *
 * <p><b>Look.</b> {@link dev.baton.TaskFuture#info()}, {@link dev.baton.Baton#stats()}, {@link
 * dev.baton.Baton#dump()}, and {@link dev.baton.event.BatonListener} for events.
 */
@NullMarked
package dev.baton;

import org.jspecify.annotations.NullMarked;
