package io.sally.clients;

import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.sequence.NoSequenceSupport;
import org.hibernate.dialect.sequence.SequenceSupport;
import org.hibernate.tool.schema.extract.internal.SequenceInformationExtractorNoOpImpl;
import org.hibernate.tool.schema.extract.spi.SequenceInformationExtractor;
import org.jspecify.annotations.Nullable;

/** Hibernate's dialect for Sally: what PostgreSQL takes, without sequences. */
public final class SallyDialect extends PostgreSQLDialect {
  @Override
  public SequenceSupport getSequenceSupport() {
    return NoSequenceSupport.INSTANCE;
  }

  @Override
  public @Nullable String getQuerySequencesString() {
    return null;
  }

  @Override
  public SequenceInformationExtractor getSequenceInformationExtractor() {
    return SequenceInformationExtractorNoOpImpl.INSTANCE;
  }
}
