package io.sally.demo;

import java.util.List;

/**
 * A country in which patients are treated.
 *
 * @param siteCount how many sites lie in it
 * @param customsRisk the probability that customs hold a shipment from abroad
 * @param cities cities of the country
 * @param givenNames given names that are common there
 * @param familyNames family names that are common there
 */
record Country(
    String name,
    Region region,
    int siteCount,
    double customsRisk,
    List<String> cities,
    List<String> givenNames,
    List<String> familyNames) {}
