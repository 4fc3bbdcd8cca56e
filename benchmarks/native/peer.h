// What the peers share. Each is one gradient, derived by hand in reverse mode; its scratch is kept from call to call, and results
// overwrite what the caller gives.
#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

#define PEER extern "C" __attribute__((visibility("default")))

// A program that is linked with -ffast-math runs with subnormals flushed to zero. The library is linked without it, so that the
// process it is loaded into stays as it is; every call switches the mode on and back.
#if defined(__SSE2__)
#include <xmmintrin.h>
struct FlushSubnormals {
    unsigned saved = _mm_getcsr();
    FlushSubnormals() { _mm_setcsr(saved | 0x8040); }
    ~FlushSubnormals() { _mm_setcsr(saved); }
};
#else
struct FlushSubnormals {};
#endif

// Scratch of at least n elements; grows once.
template <class T>
inline T* scratch(std::vector<T>& memory, std::size_t n) {
    if (memory.size() < n) memory.resize(n);
    return memory.data();
}
