/**
 * Who is served now, who waits, and who is told to come again: so that a flood costs routine
 * requests first and emergencies last. {@link io.wholechart.admission.Lanes} decides, {@link
 * io.wholechart.admission.Admission} has threads wait and go on.
 *
 * <p>Two things are bounded, because requests mostly wait for sources and only now and then need
 * the processor:
 *
 * <ul>
 *   <li><b>Places</b>: how many requests are served at once, for the sake of memory. They are held
 *       until the answer has left. The last of them are kept for emergencies, some more for urgent
 *       requests; a batch gets at most half of what routine requests may take.
 *   <li><b>Starts</b>: how many requests begin in a hundredth of a second, for the sake of the
 *       processor. An adaptive limit, a tenth up or down at a time, follows the lag of our own
 *       work: how late a thread that is ready to run gets to run. The time that requests take was
 *       rejected as the signal: five thousand requests that wait two seconds for a slow archive are
 *       no overload, and a hundred that wait for the processor are. Emergencies are not held back
 *       by it; they use up the starts of the others.
 * </ul>
 *
 * <p>Where starts are short, requests wait for their turn, the more urgent lane first; where places
 * are short, only emergencies wait, since nobody can tell when a place will be free. A queue that
 * was empty a moment ago is a burst, and may grow as long as what can be started within the longest
 * wait, once the lag that it brings itself is over. One that has stood for all that time is
 * overload, and only a tenth of a second's worth of it is kept: whoever finds it full is told so at
 * once.
 *
 * <p>That no emergency is shed while another request gets in holds by construction: whoever gets in
 * passes the bounds of all more urgent lanes too, and the more urgent queue always goes first.
 */
@NullMarked
package io.wholechart.admission;

import org.jspecify.annotations.NullMarked;
