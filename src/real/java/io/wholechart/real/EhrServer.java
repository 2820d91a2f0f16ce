package io.wholechart.real;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.dialect.HapiFhirH2Dialect;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.subscription.channel.config.SubscriptionChannelConfig;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import jakarta.persistence.EntityManagerFactory;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI FHIR's JPA server (R4) on a free loopback port, with its data in a file: {@code EhrServer
 * DATABASE}. It prints the port on a line of its own when it is ready, and ends with its standard
 * input, so that it does not outlive whoever started it.
 *
 * <p>One store behind two doors: {@code /fhir} pages as HAPI does by itself, and {@code /fhir-tens}
 * gives no more than ten entries a page, whatever {@code _count} asks for.
 */
@Configuration
@Import({
  JpaR4Config.class,
  HapiJpaConfig.class,
  ThreadPoolFactoryConfig.class,
  JpaBatch2Config.class,
  Batch2JobsConfig.class,
  SubscriptionChannelConfig.class
})
public class EhrServer {
  private static final String HOST = "127.0.0.1";
  private static final int TEN = 10;

  @Bean
  DataSource dataSource() {
    var source = new BasicDataSource();
    source.setUrl("jdbc:h2:file:" + System.getProperty("real.database"));
    source.setUsername("sa");
    source.setPassword("");
    source.setMaxTotal(20);
    return source;
  }

  /**
   * Synthea's bundles refer to practitioners and places by search ({@code
   * Practitioner?identifier=…}).
   */
  @Bean
  JpaStorageSettings storageSettings() {
    var settings = new JpaStorageSettings();
    settings.setAllowInlineMatchUrlReferences(true);
    settings.setResourceClientIdStrategy(JpaStorageSettings.ClientIdStrategyEnum.ANY);
    settings.setHibernateSearchIndexSearchParams(false);
    return settings;
  }

  @Bean
  SubscriptionSettings subscriptionSettings() {
    return new SubscriptionSettings();
  }

  @Bean
  PartitionSettings partitionSettings() {
    return new PartitionSettings();
  }

  @Bean
  @Primary
  LocalContainerEntityManagerFactoryBean entityManagerFactory(
      ConfigurableListableBeanFactory beans,
      FhirContext context,
      JpaStorageSettings settings,
      DataSource source) {
    var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, context, settings);
    factory.setPersistenceUnitName("HAPI_PU");
    factory.setDataSource(source);
    var properties = new Properties();
    properties.put("hibernate.dialect", HapiFhirH2Dialect.class.getName());
    properties.put("hibernate.hbm2ddl.auto", "update");
    properties.put("hibernate.search.enabled", "false");
    properties.put("hibernate.jdbc.batch_size", "20");
    factory.setJpaProperties(properties);
    return factory;
  }

  @Bean
  @Primary
  JpaTransactionManager transactionManager(EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  public static void main(String[] arguments) throws Exception {
    System.setProperty("real.database", arguments[0]);
    var beans = new AnnotationConfigApplicationContext(EhrServer.class);
    var server = new Server();
    var connector = new ServerConnector(server);
    connector.setHost(HOST);
    server.addConnector(connector);
    connector.open(); // now, since the links that the doors give out need the port
    String origin = "http://" + HOST + ":" + connector.getLocalPort();
    var doors = new ServletContextHandler("/");
    doors.addServlet(new ServletHolder(door(beans, origin + "/fhir", false)), "/fhir/*");
    doors.addServlet(new ServletHolder(door(beans, origin + "/fhir-tens", true)), "/fhir-tens/*");
    server.setHandler(doors);
    server.start();
    System.out.println("listening on " + connector.getLocalPort());

    while (System.in.read() >= 0) {
      // Nobody says anything: the end is what is waited for.
    }
    server.stop();
    beans.close(); // writes what the database still holds in memory
    System.exit(0); // whatever threads HAPI still has
  }

  private static RestfulServer door(ApplicationContext beans, String base, boolean isByTens) {
    var door = new RestfulServer(beans.getBean(FhirContext.class));
    door.registerProviders(beans.getBean(ResourceProviderFactory.class).createProviders());
    door.registerProvider(beans.getBean(IJpaSystemProvider.class));
    door.setServerAddressStrategy(new HardcodedServerAddressStrategy(base));
    door.setInterceptorService(beans.getBean(IInterceptorService.class));
    var pages =
        beans.getAutowireCapableBeanFactory().createBean(DatabaseBackedPagingProvider.class);
    if (isByTens) {
      pages.setDefaultPageSize(TEN);
      pages.setMaximumPageSize(TEN);
    }
    door.setPagingProvider(pages);
    return door;
  }
}
