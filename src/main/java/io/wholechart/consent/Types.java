package io.wholechart.consent;

/** The resource types that somebody may read. */
public interface Types {
  Types ALL = _ -> true;

  boolean include(String resourceType);
}
