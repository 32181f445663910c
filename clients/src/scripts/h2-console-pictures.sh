#!/bin/sh
# Pictures of the H2 Console with Sally's driver over the bundled demo, by a Chromium without a screen:
#
#   clients/src/scripts/h2-console-pictures.sh sally-jdbc.jar h2.jar docs/pictures
#
# Needs curl and chromium. Fails when a page does not hold what its picture is to show.
set -eu
sally=$1
h2=$2
folder=$3
port=${PORT:-18082}
browser=${CHROMIUM:-chromium}
profile=$(mktemp -d)

java -cp "$h2:$sally" org.h2.tools.Server -web -webPort "$port" > /dev/null 2>&1 &
server=$!
trap 'kill $server; rm -rf "$profile"' EXIT
until curl -fs "http://localhost:$port/" > "$profile/start"; do sleep 0.2; done
session=$(grep -o 'jsessionid=[0-9a-f]*' "$profile/start" | head -1)
at="http://localhost:$port"

page() { # name, what it must hold, parameters
  name=$1 holds=$2
  shift 2
  url=$(curl -fs -G -o "$profile/page" -w '%{url_effective}' "$at/$name?$session" "$@")
  grep -q "$holds" "$profile/page" || { echo "$name does not hold: $holds" >&2; exit 1; }
}

picture() { # file, width, height
  "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$profile/browser" \
    --virtual-time-budget=8000 --window-size="$2,$3" --screenshot="$folder/$1" "$url" > /dev/null 2>&1
  test -s "$folder/$1"
}

page login.do 'tables.do' --data-urlencode 'driver=io.sally.driver.SallyDriver' \
  --data-urlencode 'url=jdbc:sally:demo' --data-urlencode 'user=' --data-urlencode 'password=' \
  --data-urlencode 'language=en'
page frame.jsp 'tables.do'
picture h2-console.png 1000 560
page query.do 'Hamburg' --data-urlencode "sql=ASK 'Which sites in Germany are active?'"
picture h2-console-ask.png 1300 340
page query.do 'GROUP BY' --data-urlencode "sql=ASK SQL 'Total enrolled patients by country for the top 5 countries'"
picture h2-console-ask-sql.png 1300 180
