package io.wholechart.dicom;

public final class QidoReader {
  public static final java.util.List<String> INCLUDE_FIELDS =
      java.util.List.of("ModalitiesInStudy");

  public QidoReading read(byte[] b) {
    return new QidoReading.Unreadable("x");
  }
}
