package io.wholechart.source;

import java.util.List;

/** A read that several replicas can answer. */
interface ReplicatedUpstream extends Upstream {
  /** In which order they are asked now. */
  List<Integer> order();

  /** Asks these, one after the other, until one answers. */
  UpstreamAnswer read(UpstreamRequest request, List<Integer> order) throws InterruptedException;

  /** Goes on where one has failed, if there is time. */
  UpstreamAnswer readOn(UpstreamRequest request, List<Integer> others, UpstreamAnswer.Broken failed)
      throws InterruptedException;
}
