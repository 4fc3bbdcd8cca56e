#!/usr/bin/env bash
# build.sh FOLDER: compiles the peers into FOLDER/libpeers.so. Compiled with -ffast-math, linked without it: linked with it, the library
# would flush the subnormals of the process that loads it.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p "$1"
for source in *.cpp; do
  g++ -std=c++17 -O3 -march=native -ffast-math -fPIC -fvisibility=hidden -Wall -Wextra -c "$source" -o "$1/${source%.cpp}.o"
done
g++ -shared -o "$1/libpeers.so" "$1"/*.o -lm
