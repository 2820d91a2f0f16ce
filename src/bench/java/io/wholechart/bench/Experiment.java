package io.wholechart.bench;

import java.io.IOException;

/** One table of the report. */
interface Experiment {
  void run(Lab lab, Report report) throws IOException;
}
