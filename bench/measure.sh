# Read by the benchmarks in this folder.

# The java that ./pairwright takes.
java_of_launcher() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    echo "$JAVA_HOME/bin/java"
  else
    command -v java
  fi
}

# Seconds of the clock, to the nanosecond where date knows it.
now() {
  date +%s.%N | sed 's/[^0-9.].*//'
}

# LOG COMMAND...: runs the command with all its words in LOG; sets exit_code, seconds, cpu_seconds (of all its threads; says
# more than seconds on a busy machine) and peak_kb (most resident memory; 0 where there is no /proc). Where live_every is set, the
# command being a Java program with the parallel collector, its heap is collected whole every so many seconds, and live_kb is the
# most that was left.
measure() {
  log=$1
  shift
  times >"$log.times"
  cpu_before=$(cpu_of_children "$log")
  began=$(now)
  "$@" >"$log" 2>&1 &
  process=$!
  watch_memory "$process" "$log.peak" &
  watcher=$!
  live_watcher=
  if [ -n "${live_every:-}" ]; then
    watch_live "$process" "$log.live" &
    live_watcher=$!
  fi
  exit_code=0
  wait "$process" || exit_code=$?
  seconds=$(awk -v from="$began" -v to="$(now)" 'BEGIN { printf "%.3f", to - from }')
  times >"$log.times"
  cpu_seconds=$(cpu_of_children "$log" | awk -v before="$cpu_before" '{ printf "%.2f", $1 - before }')
  wait "$watcher" || true
  if [ -n "$live_watcher" ]; then
    wait "$live_watcher" || true
  fi
  peak_kb=$(cat "$log.peak" 2>/dev/null || echo 0)
  live_kb=$(cat "$log.live" 2>/dev/null || echo 0)
  rm -f "$log.peak" "$log.live" "$log.times"
}

# User and system seconds of the children that have ended, from the second line that times wrote.
cpu_of_children() {
  [ -f "$1.times" ] || { echo 0; return; }
  awk 'NR == 2 { gsub(/s/, ""); split($1, u, "m"); split($2, s, "m"); print 60 * (u[1] + s[1]) + u[2] + s[2] }' "$1.times"
}

# The process writes its own high-water mark; the last one that is seen stands in the file.
watch_memory() {
  while :; do
    mark=
    {
      while read -r key value _; do
        [ "$key" = VmHWM: ] && mark=$value && break
      done <"/proc/$1/status"
    } 2>/dev/null || true
    [ -n "$mark" ] || return 0
    echo "$mark" >"$2"
    sleep .2
  done
}

# What the objects in use take, which the collector's own log does not tell: between whole collections garbage counts with them.
watch_live() {
  jcmd=$(dirname "$(readlink -f "$(java_of_launcher)")")/jcmd
  most=0
  while sleep "$live_every" && "$jcmd" "$1" GC.run >/dev/null 2>&1; do
    used=$("$jcmd" "$1" GC.heap_info 2>/dev/null |
      awk '/PSYoungGen|ParOldGen/ { sub(/.*used /, ""); sub(/K.*/, ""); used += $0 } END { print used + 0 }')
    [ "$used" -le "$most" ] || most=$used
    echo "$most" >"$2"
  done
}

# GC_LOG: the most KiB that were left in the heap after any collection, from -Xlog:gc+heap=info of the parallel collector.
heap_left() {
  awk '/PSYoungGen:|ParOldGen:/ { split($0, side, "->"); sub(/K.*/, "", side[2])
      if ($0 ~ /PSYoungGen:/) young = side[2]; else if (young + side[2] > most) most = young + side[2] }
    END { print most + 0 }' "$1"
}

# The median of the numbers on standard input, one a line.
median() {
  sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# CLASSES FOLDER MILLIS: starts bench/JudgeServer, compiled in CLASSES, whose lines come into FOLDER/server.log; sets server, its
# process, and base, its address. The file is there before the server, or the first look would find none.
start_judge_server() {
  : >"$2/server.log"
  "$(java_of_launcher)" -XX:+UseSerialGC -Xmx128m -cp "$1" JudgeServer "$3" "$2/request.json" >"$2/server.log" &
  server=$!
  while [ "$(wc -l <"$2/server.log")" -lt 2 ]; do sleep .1; done
  base=http://127.0.0.1:$(head -n 1 "$2/server.log")/v1
}
