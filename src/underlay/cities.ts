/** A city that peers can be generated in. */
export interface City {
  readonly name: string;
  readonly country: string;
  /** Degrees, to a tenth. */
  readonly latitude: number;
  readonly longitude: number;
  /** How many of the peers it gets, as a part of the sum. */
  readonly weight: number;
}

/**
 * Cities as name, country, latitude, longitude, weight. The places are facts. The weights are chosen, as large as to spread peers
 * over the world with most of them in North America and Europe, and are nobody's statistics.
 */
const TABLE = `
New York,US,40.7,-74.0,16
Los Angeles,US,34.1,-118.2,12
Chicago,US,41.9,-87.6,9
Houston,US,29.8,-95.4,5
Dallas,US,32.8,-96.8,5
Philadelphia,US,40.0,-75.2,5
Washington,US,38.9,-77.0,6
Boston,US,42.4,-71.1,6
Atlanta,US,33.7,-84.4,5
Miami,US,25.8,-80.2,4
San Francisco,US,37.8,-122.4,8
Seattle,US,47.6,-122.3,5
Denver,US,39.7,-105.0,3
Phoenix,US,33.4,-112.1,3
Minneapolis,US,45.0,-93.3,3
Detroit,US,42.3,-83.0,4
St. Louis,US,38.6,-90.2,2
Kansas City,US,39.1,-94.6,2
Salt Lake City,US,40.8,-111.9,1
Anchorage,US,61.2,-149.9,1
Honolulu,US,21.3,-157.9,1
Toronto,CA,43.7,-79.4,6
Montreal,CA,45.5,-73.6,4
Vancouver,CA,49.3,-123.1,3
Calgary,CA,51.0,-114.1,1
Mexico City,MX,19.4,-99.1,5
Guadalajara,MX,20.7,-103.3,1
Guatemala City,GT,14.6,-90.5,1
San Jose,CR,9.9,-84.1,1
Panama City,PA,9.0,-79.5,1
Havana,CU,23.1,-82.4,1
Santo Domingo,DO,18.5,-69.9,1
Bogota,CO,4.7,-74.1,2
Medellin,CO,6.2,-75.6,1
Caracas,VE,10.5,-66.9,1
Quito,EC,-0.2,-78.5,1
Lima,PE,-12.0,-77.0,2
La Paz,BO,-16.5,-68.1,1
Santiago,CL,-33.4,-70.7,2
Buenos Aires,AR,-34.6,-58.4,4
Cordoba,AR,-31.4,-64.2,1
Montevideo,UY,-34.9,-56.2,1
Sao Paulo,BR,-23.6,-46.6,6
Rio de Janeiro,BR,-22.9,-43.2,3
Brasilia,BR,-15.8,-47.9,1
Recife,BR,-8.1,-34.9,1
Porto Alegre,BR,-30.0,-51.2,1
London,GB,51.5,-0.1,10
Manchester,GB,53.5,-2.2,3
Birmingham,GB,52.5,-1.9,2
Glasgow,GB,55.9,-4.3,1
Dublin,IE,53.3,-6.3,2
Paris,FR,48.9,2.4,8
Lyon,FR,45.8,4.8,2
Marseille,FR,43.3,5.4,2
Toulouse,FR,43.6,1.4,1
Berlin,DE,52.5,13.4,4
Hamburg,DE,53.6,10.0,3
Munich,DE,48.1,11.6,3
Cologne,DE,50.9,7.0,3
Frankfurt,DE,50.1,8.7,3
Stuttgart,DE,48.8,9.2,2
Amsterdam,NL,52.4,4.9,4
Rotterdam,NL,51.9,4.5,2
Brussels,BE,50.9,4.4,3
Zurich,CH,47.4,8.5,2
Geneva,CH,46.2,6.1,1
Vienna,AT,48.2,16.4,2
Madrid,ES,40.4,-3.7,4
Barcelona,ES,41.4,2.2,3
Valencia,ES,39.5,-0.4,1
Lisbon,PT,38.7,-9.1,2
Porto,PT,41.1,-8.6,1
Rome,IT,41.9,12.5,3
Milan,IT,45.5,9.2,4
Naples,IT,40.9,14.3,1
Athens,GR,38.0,23.7,1
Copenhagen,DK,55.7,12.6,2
Stockholm,SE,59.3,18.1,3
Gothenburg,SE,57.7,12.0,1
Oslo,NO,59.9,10.8,2
Bergen,NO,60.4,5.3,1
Helsinki,FI,60.2,24.9,2
Reykjavik,IS,64.1,-21.9,1
Warsaw,PL,52.2,21.0,3
Krakow,PL,50.1,19.9,1
Prague,CZ,50.1,14.4,2
Bratislava,SK,48.1,17.1,1
Budapest,HU,47.5,19.0,2
Ljubljana,SI,46.1,14.5,1
Zagreb,HR,45.8,16.0,1
Belgrade,RS,44.8,20.5,1
Sofia,BG,42.7,23.3,1
Bucharest,RO,44.4,26.1,2
Vilnius,LT,54.7,25.3,1
Riga,LV,56.9,24.1,1
Tallinn,EE,59.4,24.8,1
Minsk,BY,53.9,27.6,1
Kyiv,UA,50.5,30.5,2
Moscow,RU,55.8,37.6,4
Saint Petersburg,RU,59.9,30.3,2
Novosibirsk,RU,55.0,82.9,1
Vladivostok,RU,43.1,131.9,1
Istanbul,TR,41.0,29.0,3
Ankara,TR,39.9,32.9,1
Tel Aviv,IL,32.1,34.8,2
Beirut,LB,33.9,35.5,1
Riyadh,SA,24.7,46.7,1
Dubai,AE,25.2,55.3,1
Tehran,IR,35.7,51.4,1
Tashkent,UZ,41.3,69.2,1
Almaty,KZ,43.2,76.9,1
Karachi,PK,24.9,67.0,1
Delhi,IN,28.6,77.2,3
Mumbai,IN,19.1,72.9,3
Bangalore,IN,13.0,77.6,2
Colombo,LK,6.9,79.9,1
Dhaka,BD,23.8,90.4,1
Bangkok,TH,13.8,100.5,2
Hanoi,VN,21.0,105.8,1
Ho Chi Minh City,VN,10.8,106.7,1
Kuala Lumpur,MY,3.1,101.7,2
Singapore,SG,1.4,103.8,3
Jakarta,ID,-6.2,106.8,2
Manila,PH,14.6,121.0,2
Hong Kong,HK,22.3,114.2,3
Taipei,TW,25.0,121.6,3
Shanghai,CN,31.2,121.5,4
Beijing,CN,39.9,116.4,4
Guangzhou,CN,23.1,113.3,2
Chengdu,CN,30.7,104.1,1
Seoul,KR,37.6,127.0,6
Busan,KR,35.2,129.1,2
Tokyo,JP,35.7,139.7,9
Osaka,JP,34.7,135.5,4
Sapporo,JP,43.1,141.4,1
Cairo,EG,30.0,31.2,1
Casablanca,MA,33.6,-7.6,1
Tunis,TN,36.8,10.2,1
Dakar,SN,14.7,-17.5,1
Accra,GH,5.6,-0.2,1
Lagos,NG,6.5,3.4,1
Nairobi,KE,-1.3,36.8,1
Johannesburg,ZA,-26.2,28.0,2
Cape Town,ZA,-33.9,18.4,1
Sydney,AU,-33.9,151.2,4
Melbourne,AU,-37.8,145.0,4
Brisbane,AU,-27.5,153.0,2
Perth,AU,-32.0,115.9,1
Auckland,NZ,-36.8,174.8,2
Wellington,NZ,-41.3,174.8,1
`;

/** Every city of the table, in its order. */
export function cities(): City[] {
  return TABLE.trim()
    .split('\n')
    .map((line) => {
      const [name = '', country = '', ...numbers] = line.split(',');
      const [latitude = NaN, longitude = NaN, weight = NaN] = numbers.map(Number);
      return { name, country, latitude, longitude, weight };
    });
}
