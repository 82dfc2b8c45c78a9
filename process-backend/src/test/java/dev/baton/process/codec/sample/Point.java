package dev.baton.process.codec.sample;

import java.io.Serializable;

/** A value of the application. */
public record Point(int x, int y) implements Serializable {}
