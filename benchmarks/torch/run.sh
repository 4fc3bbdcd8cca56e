#!/usr/bin/env bash
# The benchmarks with TorchSharp among the peers; arguments as of the benchmarks. libtorch needs GLIBCXX_3.4.32, so on a system without it the
# program runs in a Debian trixie root, which is made first (as root, about 500 MB; TRIXIE_ROOT says where).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
folder=benchmarks/torch/bin/Release/net10.0
program=$folder/DrJax.Benchmarks.Torch.dll

dotnet build "$here" -c Release --nologo -v quiet
# Here, where the compiler is.
"$repository/$folder/native/build.sh" "$repository/$folder/native"

library=$(ldconfig -p | awk '/libstdc\+\+\.so\.6/ { print $NF; exit }')
if grep -q GLIBCXX_3.4.32 "$library"; then exec dotnet "$repository/$program" "$@"; fi

root=${TRIXIE_ROOT:-$repository/artifacts/trixie}
[[ -e $root/usr/bin/bash ]] || debootstrap --variant=minbase --include=libopenblas0-serial,ca-certificates trixie "$root"
mkdir -p "$root/usr/share/dotnet" "$root/src"
# In a mount namespace of its own: nothing stays mounted.
exec unshare --mount bash -c '
  root=$1 dotnet=$2 repository=$3 program=$4; shift 4
  for folder in proc sys dev; do mount --bind "/$folder" "$root/$folder"; done
  mount --bind "$dotnet" "$root/usr/share/dotnet"
  mount --bind "$repository" "$root/src"
  exec chroot "$root" /usr/share/dotnet/dotnet "/src/$program" "$@"
' -- "$root" "$(dirname "$(readlink -f "$(command -v dotnet)")")" "$repository" "$program" "$@"
