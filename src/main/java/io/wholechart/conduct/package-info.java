/**
 * How a caller who is known behaves: how often they ask, for how many patients, and how often as an
 * emergency. Pure: time comes in as a parameter, and what is made of it is another's.
 *
 * <p><b>Too often is refused, too much is told.</b> Whoever asks more often than agreed is told to
 * wait: their charts can be had a second later. Whoever walks through patients, or has one
 * emergency after the other, is served and raises an alarm: a hospital with a mass casualty looks
 * just like that, and a chart that is withheld then harms at once, while whoever had no business
 * there is found in the audit log. Emergencies are never told to wait, but they are counted, so
 * that whoever calls everything one has less left for the rest.
 *
 * <p><b>What is kept is bounded.</b> A caller is whom an issuer vouches for, and the program they
 * use, never a token or an address, so that new ones cannot be made up. Of more callers than are
 * kept the one who was quiet longest is forgotten, which is never the one who asks too often. Of
 * the patients, hashes are kept, and only as many as it takes for the alarm.
 *
 * <p>Nobody in particular, as in {@code access.mode: loopback}, is not held to anything: whoever
 * stands behind cannot be told apart.
 *
 * <p>Of {@code access} it knows callers, of {@code patient} their ids.
 */
@NullMarked
package io.wholechart.conduct;

import org.jspecify.annotations.NullMarked;
