package io.wholechart;

/** Placeholder of the skeleton. */
public final class Wholechart {
  private Wholechart() {}

  public static void main(String[] args) {
    System.out.println("skeleton");
  }
}
