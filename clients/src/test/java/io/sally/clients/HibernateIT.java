package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.hibernate.ScrollMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Immutable;
import org.hibernate.cfg.Configuration;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hibernate with read-only entities, its schema validation on. */
@Timeout(300)
class HibernateIT {
  @Entity(name = "Study")
  @Table(name = "studies")
  @Immutable
  static class Study {
    @Id
    @Column(name = "study_id")
    @Nullable Integer id;

    @Column(name = "protocol_number", length = 12, nullable = false)
    @Nullable String protocolNumber;

    @Column(name = "is_blinded")
    boolean blinded;
  }

  @Entity(name = "Site")
  @Table(name = "sites")
  @Immutable
  static class Site {
    @Id
    @Column(name = "site_id")
    @Nullable Integer id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "study_id")
    @Nullable Study study;

    @Nullable String name;
    @Nullable String country;

    @Column(name = "activated_on")
    @Nullable LocalDate activatedOn;

    @Column(name = "enrolled_patients")
    int enrolled;
  }

  @Entity(name = "Shipment")
  @Table(name = "shipments")
  @Immutable
  static class Shipment {
    @Id
    @Column(name = "shipment_id")
    @Nullable Integer id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "destination_site_id")
    @Nullable Site site;

    @Column(name = "requested_at")
    @Nullable LocalDateTime requestedAt;

    @Column(name = "shipping_cost", precision = 10, scale = 2)
    @Nullable BigDecimal cost;

    @Nullable String status;
  }

  /** Says of a column what it is not. */
  @Entity(name = "WrongSite")
  @Table(name = "sites")
  @Immutable
  static class WrongSite {
    @Id
    @Column(name = "site_id")
    @Nullable Integer id;

    @Column(name = "activated_on")
    int activatedOn;
  }

  @ParameterizedTest
  @EnumSource
  void pagesWithParametersAndFollowsReferences(Database database) {
    try (SessionFactory factory = factory(database, Study.class, Site.class, Shipment.class);
        Session session = factory.openSession()) {
      session.setDefaultReadOnly(true);
      List<Site> page =
          session
              .createSelectionQuery(
                  "from Site s join fetch s.study where s.country = :country and s.activatedOn > :day"
                      + " order by s.id",
                  Site.class)
              .setParameter("country", "Germany")
              .setParameter("day", LocalDate.of(2024, 1, 1))
              .setFirstResult(1)
              .setMaxResults(2)
              .list();
      assertThat(page).extracting(site -> site.id).containsExactly(15, 60);
      assertThat(page)
          .extracting(site -> site.study == null ? null : site.study.protocolNumber)
          .containsExactly("BRK-301", "OST-310");
      assertThat(
              session
                  .createSelectionQuery(
                      "from Shipment h where h.requestedAt < :before and h.cost > :cost order by h.id",
                      Shipment.class)
                  .setParameter("before", LocalDateTime.of(2025, 6, 1, 0, 0))
                  .setParameter("cost", new BigDecimal("100.00"))
                  .setMaxResults(2)
                  .list())
          .extracting(shipment -> shipment.cost)
          .containsExactly(new BigDecimal("135.43"), new BigDecimal("115.11"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void computesInQueries(Database database) {
    try (SessionFactory factory = factory(database, Study.class, Site.class, Shipment.class);
        Session session = factory.openSession()) {
      assertThat(
              rows(
                  session,
                  "select s.study.protocolNumber, count(*), sum(s.enrolled), avg(s.enrolled) from Site s"
                      + " group by s.study.protocolNumber order by 1",
                  2))
          .containsExactly("[BRK-204, 12, 57, 4.75]", "[BRK-301, 22, 358, 16.272727272727273]");
      assertThat(
              rows(
                  session,
                  "select s.country, s.id, row_number() over (partition by s.country order by s.id)"
                      + " from Site s where exists (select 1 from Shipment h where h.site = s)"
                      + " order by s.country, s.id",
                  2))
          .containsExactly("[Argentina, 72, 1]", "[Argentina, 91, 2]");
      assertThat(
              rows(
                  session,
                  "select substring(s.name, 1, 3), locate('a', s.name), mod(s.enrolled, 3),"
                      + " round(s.enrolled / 3.0, 2), cast(s.enrolled as string),"
                      + " coalesce(nullif(s.country, 'Germany'), 'DE') from Site s order by s.id",
                  1))
          .containsExactly("[Sil, 21, 1, 4.33, 13, DE]");
      assertThat(
              rows(
                  session,
                  "select trunc(h.requestedAt, month), h.status, count(*) from Shipment h"
                      + " where h.status like 'del%' and h.requestedAt > local datetime - 60 day"
                      + " group by trunc(h.requestedAt, month), h.status order by 1, 2",
                  2))
          .containsExactly("[2026-01-01T00:00, delayed, 7]", "[2026-01-01T00:00, delivered, 528]");
      assertThat(
              session
                  .createSelectionQuery("from Site s where s.country = 'Germany'", Site.class)
                  .getResultCount())
          .isEqualTo(13);
    }
  }

  @ParameterizedTest
  @EnumSource
  void asksAndScrolls(Database database) {
    try (SessionFactory factory = factory(database, Study.class, Site.class, Shipment.class);
        Session session = factory.openSession()) {
      assertThat(
              session
                  .createNativeQuery("ASK 'How many sites by country?'", Object[].class)
                  .setFirstResult(1)
                  .setMaxResults(2)
                  .list())
          .extracting(Arrays::toString)
          .containsExactly("[Germany, 13]", "[Poland, 9]");
      int rows = 0;
      try (var scroll =
          session
              .createSelectionQuery("from Site s order by s.id", Site.class)
              .setFetchSize(10)
              .scroll(ScrollMode.FORWARD_ONLY)) {
        while (scroll.next()) {
          rows++;
        }
      }
      assertThat(rows).isEqualTo(150);
    }
  }

  @ParameterizedTest
  @EnumSource
  void validationFindsAWrongMapping(Database database) {
    assertThatThrownBy(() -> factory(database, WrongSite.class).close())
        .hasMessageContaining("wrong column type encountered in column [activated_on]")
        .hasMessageContaining("found [date (Types#DATE)]");
  }

  @ParameterizedTest
  @EnumSource
  void validatesWithTheDialectOfPostgreSql(Database database) {
    try (SessionFactory factory =
            factory(database, PostgreSQLDialect.class, Site.class, Study.class);
        Session session = factory.openSession()) {
      assertThat(session.createSelectionQuery("from Site", Site.class).getResultCount())
          .isEqualTo(150);
    }
  }

  private static List<String> rows(Session session, String query, int limit) {
    return session.createSelectionQuery(query, Object[].class).setMaxResults(limit).list().stream()
        .map(Arrays::toString)
        .toList();
  }

  private static SessionFactory factory(Database database, Class<?>... entities) {
    return factory(database, SallyDialect.class, entities);
  }

  private static SessionFactory factory(
      Database database, Class<? extends Dialect> dialect, Class<?>... entities) {
    Configuration configuration =
        new Configuration()
            .setProperty("hibernate.connection.url", database.url())
            .setProperty("hibernate.dialect", dialect.getName())
            .setProperty("hibernate.hbm2ddl.auto", "validate");
    for (Class<?> entity : entities) {
      configuration.addAnnotatedClass(entity);
    }
    return configuration.buildSessionFactory();
  }
}
