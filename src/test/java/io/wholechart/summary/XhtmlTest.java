package io.wholechart.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class XhtmlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</td></tr></table><img src=x onerror=alert(1)>",
        "a & b &lt; &amp;amp; \"quoted\" 'single'",
        "]]><!-- -->",
        "Łukasiewicz 林 \uD83D\uDC8A",
        "tab\tand\nline"
      })
  void textStaysTextWhateverItIs(String text) throws Exception {
    String xhtml =
        new Xhtml().paragraph(text).table(List.of(text), List.of(List.of(text))).toString();

    Element div = parsed(xhtml);
    assertThat(div.getElementsByTagName("p").item(0).getTextContent()).isEqualTo(text);
    assertThat(div.getElementsByTagName("td").item(0).getTextContent()).isEqualTo(text);
    assertThat(div.getElementsByTagName("*").getLength()).isEqualTo(8); // p, table and what is ours
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u0008b", "a\uD800b", "a\uDC00b", "a\uFFFEb", "a\u001Bb"})
  void whatXmlCannotHoldIsReplaced(String text) throws Exception {
    Element div = parsed(new Xhtml().paragraph(text).toString());
    assertThat(div.getTextContent()).isEqualTo("a\uFFFDb");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<b>",
        "\"q\" 'a' & >",
        "Łukasiewicz 林 \uD83D\uDC8A …",
        "µ°–\u00A0²",
        "a\tb\nc  d "
      })
  void aModelReadsItAndWritesItAlike(String text) {
    String xhtml =
        new Xhtml().heading(text).table(List.of(text), List.of(List.of(text))).toString();
    var node = new XhtmlNode();
    node.setValueAsString(xhtml);
    assertThat(node.getValueAsString()).isEqualTo(xhtml);
  }

  @ParameterizedTest
  @ValueSource(ints = {499, 500, 501, 100_000})
  void aCellIsNoLongerThanCanBeRead(int length) throws Exception {
    // a pair of surrogates lies across the place where it is cut
    String text = "x".repeat(length - 1) + "\uD83D\uDC8A";
    String shown = parsed(new Xhtml().paragraph(text).toString()).getTextContent();
    assertThat(shown).hasSizeLessThan(504);
    assertThat(shown.endsWith(" …")).isEqualTo(text.length() > 500);
    assertThat(shown).doesNotContain("\uFFFD");
  }

  private static Element parsed(String xhtml) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    var in = new ByteArrayInputStream(xhtml.getBytes(StandardCharsets.UTF_8));
    Element div = factory.newDocumentBuilder().parse(in).getDocumentElement();
    assertThat(div.getNamespaceURI()).isEqualTo("http://www.w3.org/1999/xhtml");
    return div;
  }
}
