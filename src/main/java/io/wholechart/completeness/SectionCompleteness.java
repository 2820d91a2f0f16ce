package io.wholechart.completeness;

import java.util.List;

/**
 * How one section stands, and what that rests on. Each state takes the {@link Coverage} that it may
 * be said of, so that none that calls a section empty can be made while a source is missing.
 */
public sealed interface SectionCompleteness {
  Coverage coverage();

  SectionState state();

  /** Entries, and every responsible source answered. */
  record Present(Coverage.Whole coverage) implements SectionCompleteness {
    @Override
    public SectionState state() {
      return SectionState.PRESENT;
    }
  }

  /** No entries, and every responsible source answered. */
  record NoneRecorded(Coverage.Whole coverage) implements SectionCompleteness {
    public NoneRecorded {
      require(coverage, Contents.NOTHING);
    }

    @Override
    public SectionState state() {
      return SectionState.NONE_RECORDED;
    }
  }

  /** A source asserts that there is nothing, and every responsible source answered. */
  record NoneKnown(Coverage.Whole coverage) implements SectionCompleteness {
    public NoneKnown {
      require(coverage, Contents.ASSERTED_NONE);
    }

    @Override
    public SectionState state() {
      return SectionState.NONE_KNOWN;
    }
  }

  /** Entries, and a responsible source is missing. */
  record Incomplete(Coverage.Lacking coverage) implements SectionCompleteness {
    @Override
    public SectionState state() {
      return SectionState.INCOMPLETE;
    }
  }

  /** No entries, and a responsible source is missing. */
  record Unknown(Coverage.Lacking coverage) implements SectionCompleteness {
    @Override
    public SectionState state() {
      return SectionState.UNKNOWN;
    }
  }

  /** No entries, and what is missing is only what the caller may not see. */
  record Withheld(Coverage.Lacking coverage) implements SectionCompleteness {
    @Override
    public SectionState state() {
      return SectionState.WITHHELD;
    }
  }

  static SectionCompleteness of(Coverage coverage) {
    return switch (coverage) {
      case Coverage.Whole whole ->
          switch (whole.contents()) {
            case NOTHING -> new NoneRecorded(whole);
            case ASSERTED_NONE -> new NoneKnown(whole);
            case CLAIMED_NONE, ENTRIES -> new Present(whole);
          };
      case Coverage.Lacking lacking when lacking.contents() != Contents.NOTHING ->
          new Incomplete(lacking);
      case Coverage.Lacking lacking ->
          lacking.isDenied() ? new Withheld(lacking) : new Unknown(lacking);
    };
  }

  /** The sources that are responsible for it. */
  default List<String> expected() {
    return coverage().expected();
  }

  /** Those of them that answered whole. */
  default List<String> answered() {
    return coverage().answered();
  }

  /** Whether something of it is kept from who asks, whatever its state. */
  default boolean isWithheld() {
    return coverage() instanceof Coverage.Lacking lacking && lacking.isWithheld();
  }

  private static void require(Coverage coverage, Contents contents) {
    if (coverage.contents() != contents) {
      throw new IllegalArgumentException("a section that holds " + coverage.contents());
    }
  }
}
