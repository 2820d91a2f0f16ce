package io.wholechart.consent;

/** The resource types that somebody may read. */
public interface Types {
  Types ALL =
      new Types() {
        @Override
        public boolean include(String resourceType) {
          return true;
        }

        @Override
        public boolean areAll() {
          return true;
        }
      };

  boolean include(String resourceType);

  /** Whether nothing has to be asked, since the answer is always yes. */
  default boolean areAll() {
    return false;
  }
}
