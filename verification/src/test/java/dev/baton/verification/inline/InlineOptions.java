package dev.baton.verification.inline;

import dev.baton.BackendOptions;
import dev.baton.CommonOptions;

/**
 * Options of the backend {@code "inline"}, which has none of its own.
 *
 * @param common the options that every backend has
 */
public record InlineOptions(CommonOptions common) implements BackendOptions.Fluent<InlineOptions> {

  /**
   * Returns the default options.
   *
   * @return the value to start from
   */
  public static InlineOptions defaults() {
    return new InlineOptions(CommonOptions.lending(0));
  }

  @Override
  public String backend() {
    return "inline";
  }

  @Override
  public InlineOptions with(CommonOptions newCommon) {
    return new InlineOptions(newCommon);
  }
}
