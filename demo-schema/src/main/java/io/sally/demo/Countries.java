package io.sally.demo;

import static io.sally.demo.Region.ASIA_PACIFIC;
import static io.sally.demo.Region.EUROPE;
import static io.sally.demo.Region.LATIN_AMERICA;
import static io.sally.demo.Region.MIDDLE_EAST_AND_AFRICA;
import static io.sally.demo.Region.NORTH_AMERICA;

import java.util.List;

/**
 * The 25 countries with their 150 sites. Where customs are slow, and where there are many sites, is
 * what makes the countries differ.
 */
final class Countries {
  static final List<Country> ALL =
      List.of(
          country("United States", NORTH_AMERICA, 20, 0.03)
              .cities("Boston", "Chicago", "Houston", "Seattle", "Atlanta", "Denver", "San Diego")
              .people(
                  "James, Maria, Robert, Linda, Kevin", "Carter, Nguyen, Ramirez, Brooks, Hale"),
          country("Canada", NORTH_AMERICA, 7, 0.05)
              .cities("Toronto", "Montreal", "Vancouver", "Calgary")
              .people("Claire, Owen, Sophie, Liam", "Tremblay, MacLeod, Singh, Gagnon"),
          country("Germany", EUROPE, 13, 0.02)
              .cities("Berlin", "Hamburg", "Munich", "Cologne", "Leipzig")
              .people(
                  "Anna, Lukas, Katrin, Jonas, Heike", "Weber, Hoffmann, Krause, Lindner, Vogt"),
          country("United Kingdom", EUROPE, 9, 0.08)
              .cities("London", "Manchester", "Glasgow", "Bristol")
              .people("Emily, Thomas, Priya, Oliver", "Whitfield, Ashworth, Patel, Kerr"),
          country("France", EUROPE, 8, 0.02)
              .cities("Paris", "Lyon", "Toulouse", "Lille")
              .people("Camille, Julien, Amandine, Luc", "Moreau, Lefort, Garnier, Rousselle"),
          country("Spain", EUROPE, 8, 0.03)
              .cities("Madrid", "Barcelona", "Valencia", "Seville")
              .people("Carmen, Javier, Lucia, Andres", "Ortega, Navarro, Ibarra, Serrano"),
          country("Italy", EUROPE, 7, 0.04)
              .cities("Rome", "Milan", "Turin", "Naples")
              .people("Giulia, Marco, Elena, Paolo", "Ferri, Conti, Marchetti, Greco"),
          country("Poland", EUROPE, 9, 0.03)
              .cities("Warsaw", "Krakow", "Gdansk", "Poznan")
              .people("Agnieszka, Piotr, Magda, Tomasz", "Wilk, Zielinska, Nowicki, Sikora"),
          country("Netherlands", EUROPE, 4, 0.02)
              .cities("Amsterdam", "Rotterdam", "Utrecht")
              .people("Sanne, Daan, Femke", "de Boer, Visser, Hendriks"),
          country("Belgium", EUROPE, 3, 0.02)
              .cities("Brussels", "Antwerp", "Ghent")
              .people("Elise, Wouter, Nathalie", "Maes, Dubois, Claes"),
          country("Sweden", EUROPE, 3, 0.02)
              .cities("Stockholm", "Gothenburg", "Uppsala")
              .people("Astrid, Erik, Linnea", "Lindqvist, Berg, Sandstrom"),
          country("Czechia", EUROPE, 5, 0.03)
              .cities("Prague", "Brno", "Ostrava")
              .people("Tereza, Jakub, Lenka", "Novotny, Dvorak, Kucera"),
          country("Hungary", EUROPE, 4, 0.04)
              .cities("Budapest", "Debrecen", "Szeged")
              .people("Eszter, Gabor, Zsofia", "Molnar, Farkas, Szabo"),
          country("Japan", ASIA_PACIFIC, 7, 0.05)
              .cities("Tokyo", "Osaka", "Nagoya", "Fukuoka")
              .people("Yuki, Haruto, Aiko, Kenji", "Tanabe, Mori, Fujita, Okada"),
          country("South Korea", ASIA_PACIFIC, 5, 0.06)
              .cities("Seoul", "Busan", "Daegu")
              .people("Minji, Jihoon, Soyeon", "Kang, Yoon, Seo"),
          country("Australia", ASIA_PACIFIC, 5, 0.07)
              .cities("Sydney", "Melbourne", "Brisbane", "Perth")
              .people("Chloe, Jack, Harriet", "Sutton, Doyle, Fairbairn"),
          country("India", ASIA_PACIFIC, 5, 0.36)
              .cities("Mumbai", "Bengaluru", "Chennai", "Pune")
              .people("Ananya, Rohan, Kavita, Arjun", "Iyer, Deshmukh, Menon, Rao"),
          country("Thailand", ASIA_PACIFIC, 2, 0.16)
              .cities("Bangkok", "Chiang Mai")
              .people("Ploy, Somchai", "Srisai, Wattana"),
          country("Singapore", ASIA_PACIFIC, 2, 0.02)
              .cities("Singapore")
              .people("Hui Min, Wei Jie", "Tan, Lim"),
          country("Brazil", LATIN_AMERICA, 8, 0.48)
              .cities("Sao Paulo", "Rio de Janeiro", "Curitiba", "Recife")
              .people("Beatriz, Rafael, Larissa, Caio", "Almeida, Barros, Teixeira, Moura"),
          country("Mexico", LATIN_AMERICA, 4, 0.20)
              .cities("Mexico City", "Guadalajara", "Monterrey")
              .people("Ximena, Diego, Valeria", "Salazar, Fuentes, Rivas"),
          country("Argentina", LATIN_AMERICA, 3, 0.42)
              .cities("Buenos Aires", "Cordoba", "Rosario")
              .people("Martina, Facundo, Julieta", "Peralta, Acosta, Benitez"),
          country("Colombia", LATIN_AMERICA, 2, 0.22)
              .cities("Bogota", "Medellin")
              .people("Daniela, Camilo", "Cardenas, Ospina"),
          country("Turkey", MIDDLE_EAST_AND_AFRICA, 4, 0.28)
              .cities("Istanbul", "Ankara", "Izmir")
              .people("Elif, Emre, Selin", "Kaya, Arslan, Ozturk"),
          country("South Africa", MIDDLE_EAST_AND_AFRICA, 3, 0.18)
              .cities("Cape Town", "Johannesburg", "Durban")
              .people("Thandi, Pieter, Naledi", "Dlamini, van Wyk, Mokoena"));

  private Countries() {}

  /** The country of exactly this name. */
  static Country named(String name) {
    return ALL.stream()
        .filter(country -> country.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No country " + name));
  }

  private static Sketch country(String name, Region region, int sites, double customsRisk) {
    return new Sketch(name, region, sites, customsRisk, List.of());
  }

  /** A country of which the people are still to be named. */
  private record Sketch(
      String name, Region region, int sites, double customsRisk, List<String> cities) {
    Sketch cities(String... names) {
      return new Sketch(name, region, sites, customsRisk, List.of(names));
    }

    Country people(String givenNames, String familyNames) {
      return new Country(
          name,
          region,
          sites,
          customsRisk,
          cities,
          List.of(givenNames.split(", ", -1)),
          List.of(familyNames.split(", ", -1)));
    }
  }
}
