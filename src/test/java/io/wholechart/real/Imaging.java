package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes studies, with DCMTK, and has the archive store them. */
final class Imaging {
  private static final List<String> MODALITIES = List.of("CT", "MR", "DX", "US");
  private static final List<String> CLASSES =
      List.of(
          "CTImageStorage",
          "MRImageStorage",
          "DigitalXRayImageStorageForPresentation",
          "UltrasoundImageStorage");

  private final Unpacked tools;
  private final Archive archive;
  private final Path folder;
  private int instances;

  Imaging(Unpacked tools, Archive archive, Path folder) throws IOException {
    this.tools = tools;
    this.archive = archive;
    this.folder = folder;
    Folders.delete(folder);
    Files.createDirectories(folder);
  }

  /** None for every fifth patient, else up to three, of one or two series. */
  void store(List<Synthetic> patients) throws IOException, InterruptedException {
    for (int at = 0; at < patients.size(); at++) {
      JsonNode person = patients.get(at).bundle().at("/entry/0/resource");
      for (int study = 0; study < at % 5 && study < 3; study++) {
        for (int series = 0; series <= study % 2; series++) {
          store(patients.get(at).id(), Person.of(person), study, series);
        }
      }
    }
    Progress.say("archive filled with " + archive.studies() + " studies");
  }

  /** Stores an instance; the same words make the same UIDs. */
  void store(@Nullable String patientId, Person person, int study, int series)
      throws IOException, InterruptedException {
    String uid = uid(patientId + " " + study);
    int kind = study % MODALITIES.size();
    String dump =
        String.join(
            "\n",
            "(0008,0005) CS [ISO_IR 192]",
            "(0008,0016) UI =" + CLASSES.get(kind),
            "(0008,0018) UI [" + uid(uid + " " + series + " 1") + "]",
            "(0008,0020) DA [202603" + (10 + study) + "]",
            "(0008,0030) TM [0915" + (10 + study) + "]",
            "(0008,0050) SH [ACC" + study + "]",
            "(0008,0060) CS [" + MODALITIES.get(kind) + "]",
            "(0008,1030) LO [" + MODALITIES.get(kind) + " study]",
            "(0010,0010) PN [" + person.family() + "^" + person.given() + "]",
            patientId == null ? "" : "(0010,0020) LO [" + patientId + "]",
            "(0010,0030) DA [" + person.birthDate().replace("-", "") + "]",
            "(0010,0040) CS [" + person.sex() + "]",
            "(0020,000d) UI [" + uid + "]",
            "(0020,000e) UI [" + uid(uid + " " + series) + "]",
            "");
    instances++;
    Path written = folder.resolve(instances + ".dump");
    Path instance = folder.resolve(instances + ".dcm");
    Files.writeString(written, dump, StandardCharsets.UTF_8);
    int code =
        tools
            .command(tools.tool("dump2dcm"), written.toString(), instance.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dump2dcm.log").toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("dump2dcm of " + written + " ended with " + code);
    }
    archive.store(instance);
  }

  /** Always the same one for the same text (PS3.5, section B.2: a UUID below 2.25). */
  private static String uid(String of) {
    UUID uuid = UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
  }
}
