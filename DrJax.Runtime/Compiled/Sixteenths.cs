using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrJax.Compiled;

/// <summary>The sixteen powers 2^(i/16), i from 0 to 15, of which <c>Compiled/Maths</c> makes exponentials.</summary>
internal static unsafe class Sixteenths
{
    // Rounded.
    public const double P0 = 1.0, P1 = 1.0442737824274138, P2 = 1.0905077326652577, P3 = 1.1387886347566916;
    public const double P4 = 1.189207115002721, P5 = 1.241857812073484, P6 = 1.2968395546510096, P7 = 1.3542555469368927;
    public const double P8 = 1.4142135623730951, P9 = 1.4768261459394993, P10 = 1.5422108254079407, P11 = 1.6104903319492543;
    public const double P12 = 1.681792830507429, P13 = 1.7562521603732995, P14 = 1.8340080864093424, P15 = 1.9152065613971474;

    // What the rounding drops, relative to the power.
    public const double T0 = 0.0, T1 = 8.189317638195514e-17, T2 = -2.7939114859515733e-17, T3 = 7.826573258636075e-17;
    public const double T4 = 3.3484623336251524e-17, T5 = 3.7508542013031266e-17, T6 = 1.9572585293112036e-17, T7 = 5.68648095791174e-17;
    public const double T8 = -6.835808657661923e-17, T9 = -2.3591094770850053e-17, T10 = 5.1548301170786783e-17, T11 = 1.5341410053603723e-17;
    public const double T12 = 4.875160526227061e-17, T13 = 1.685487290628973e-17, T14 = 1.790126907604513e-17, T15 = -5.5450656186394274e-17;

    // The bits of the power less i 2^48.
    public const long B0 = 0x3ff0000000000000, B1 = 0x3fefb5586cf9890f, B2 = 0x3fef72b83c7d517b, B3 = 0x3fef387a6e756238;
    public const long B4 = 0x3fef06fe0a31b715, B5 = 0x3feedea64c123422, B6 = 0x3feebfdad5362a27, B7 = 0x3feeab07dd485429;
    public const long B8 = 0x3feea09e667f3bcd, B9 = 0x3feea11473eb0187, B10 = 0x3feeace5422aa0db, B11 = 0x3feec49182a3f090;
    public const long B12 = 0x3feee89f995ad3ad, B13 = 0x3fef199bdd85529c, B14 = 0x3fef5818dcfba487, B15 = 0x3fefa4afa2a490da;

    // The data of constant spans does not move. Fields, because code that is not optimised allocates where it makes such a span.

    public static readonly double* Powers = Start<double>([P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12, P13, P14, P15]);
    public static readonly double* Tails = Start<double>([T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15]);
    public static readonly long* Bits = Start<long>([B0, B1, B2, B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, B13, B14, B15]);

    private static T* Start<T>(ReadOnlySpan<T> constants)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(constants));
}
