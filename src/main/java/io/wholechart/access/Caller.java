package io.wholechart.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: what was found out about them, never what they showed for it.
 *
 * <p>The texts are somebody else's and go into the audit log, so they are held to what it takes.
 *
 * @param issuer who vouches for the rest; null where nobody does
 * @param subject whom the issuer calls so; no other issuer's subject is the same
 * @param name {@code anonymous} where nobody said
 * @param client the program that asks on somebody's behalf
 * @param tokenId the token's own number ({@code jti})
 */
public record Caller(
    @Nullable String issuer,
    @Nullable String subject,
    String name,
    List<String> roles,
    @Nullable String client,
    @Nullable String tokenId) {
  public static final Caller ANONYMOUS = new Caller(null, null, "anonymous", List.of(), null, null);

  public static final int MOST_ROLES = 32;
  public static final int LONGEST_ISSUER = 512;
  public static final int LONGEST_NAME = 256;
  public static final int LONGEST_ROLE = 128;

  public Caller {
    optional("issuer", issuer, LONGEST_ISSUER);
    optional("subject", subject, LONGEST_NAME);
    optional("name", name, LONGEST_NAME);
    roles = List.copyOf(roles);
    require(roles.size() <= MOST_ROLES, "roles", MOST_ROLES);
    for (String role : roles) {
      optional("roles", role, LONGEST_ROLE);
    }
    optional("client", client, LONGEST_NAME);
    optional("tokenId", tokenId, LONGEST_NAME);
  }

  /** Whether a text can be one of these. */
  public static boolean isLegal(String text, int longest) {
    boolean isLegal = !text.isBlank() && text.length() <= longest;
    for (int i = 0; i < text.length() && isLegal; i++) {
      isLegal = !Character.isISOControl(text.charAt(i));
    }
    return isLegal;
  }

  private static void optional(String field, @Nullable String text, int longest) {
    require(text == null || isLegal(text, longest), field, longest);
  }

  private static void require(boolean isFulfilled, String field, int most) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(field + " is unfit: at most " + most);
    }
  }

  @Override
  public String toString() {
    return "Caller"; // a person
  }
}
