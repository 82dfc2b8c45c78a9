package dev.baton.spi;

import dev.baton.TaskContext;

/**
 * What the context of a body in another JVM may be besides: one that can say for sure which items
 * of a chunk have begun, and what came of those before. Where it is not, all items of a chunk count
 * as begun when its worker is lost, and none as ended.
 */
public interface ChunkContext extends TaskContext {

  /**
   * Says that so many items of the chunk may have begun. When this returns, the word is on its way
   * even if this JVM dies at once: the backend passes it on as {@link TaskRun#itemsBegun} before it
   * completes the run. From then on what the body says of its progress is not passed on, for nobody
   * could tell which item it is about.
   *
   * @param items how many, the first ones of the chunk
   * @param ended what came of items that have ended since the last word, as core has encoded it; no
   *     bytes if there is nothing to tell. Not to be changed afterwards by either side
   */
  void begun(int items, byte[] ended);
}
