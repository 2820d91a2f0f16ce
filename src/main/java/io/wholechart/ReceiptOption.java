package io.wholechart;

import io.wholechart.disclosure.AccessReceipt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A receipt as an answer carried it. */
final class ReceiptOption implements ITypeConverter<AccessReceipt> {
  @Override
  public AccessReceipt convert(String text) {
    return AccessReceipt.parse(text)
        .orElseThrow(() ->
            new TypeConversionException("is not a receipt such as 'node-7;seq=4711;size=4700'"));
  }
}
