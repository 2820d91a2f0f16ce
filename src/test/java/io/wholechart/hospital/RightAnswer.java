package io.wholechart.hospital;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.Admin;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

/**
 * Puts the answer that a healthy source would have given into an outage that only delivers it
 * badly. An outage's mapping asks for it with {@code "transformers": ["right-answer"]}; its own
 * delay and headers are laid over what was found, so that no stub exists twice.
 */
final class RightAnswer implements ResponseDefinitionTransformerV2 {
  private final Admin admin;

  RightAnswer(Admin admin) {
    this.admin = admin;
  }

  @Override
  public String getName() {
    return "right-answer";
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    ResponseDefinition outage = event.getResponseDefinition();
    // Templating runs after this transformer, so that the next link of a page is filled in.
    ResponseDefinitionBuilder answer =
        ResponseDefinitionBuilder.like(healthy(event.getRequest()))
            .withFixedDelay(outage.getFixedDelayMilliseconds());
    if (outage.getHeaders() != null) {
      for (HttpHeader header : outage.getHeaders().all()) {
        answer.withHeader(header.key(), header.firstValue());
      }
    }
    return answer.build();
  }

  /** The stubs come in the order in which WireMock tries them. */
  private ResponseDefinition healthy(Request request) {
    return admin.listAllStubMappings().getMappings().stream()
        .filter(stub -> !Department.SCENARIO.equals(stub.getScenarioName()))
        .filter(stub -> stub.getRequest().match(request).isExactMatch())
        .findFirst()
        .map(StubMapping::getResponse)
        .orElseGet(ResponseDefinition::notConfigured);
  }
}
