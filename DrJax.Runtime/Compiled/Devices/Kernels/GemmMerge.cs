namespace DrJax.Compiled.Devices;

/// <summary>Products whose loops are part of a larger matrix become the product of that.</summary>
internal static class GemmMerge
{
    /// <summary>The same product with fewer loops: summed axes go into K, outer axes into M or N, where strides allow it.</summary>
    public static GemmShape Merged(GemmShape s)
    {
        while (Sum(ref s))
        {
        }
        while (Outer(ref s))
        {
        }
        return s;
    }

    private static bool Sum(ref GemmShape s)
    {
        var axis = s.Summed3;
        if (s.Terms == 1) return false;
        if (axis.Extent != 1)
        {
            if (s.K == 1) (s.A, s.B) = (s.A with { Column = axis.A }, s.B with { Row = axis.B });
            else if (axis.A != s.K * s.A.Column || axis.B != s.K * s.B.Row) return false;
            s.K *= axis.Extent;
        }
        (s.Summed3, s.Summed2, s.Summed1, s.Summed0) = (s.Summed2, s.Summed1, s.Summed0, new(1, 0, 0));
        return true;
    }

    private static bool Outer(ref GemmShape s)
    {
        var axis = s.Outer3;
        if (s.Batch == 1) return false;
        if (axis.Extent != 1)
        {
            if (axis.B == 0 && (s.M == 1 || (axis.A == s.M * s.A.Row && axis.C == s.M * s.C.Row)))
            {
                if (s.M == 1) (s.A, s.C) = (s.A with { Row = axis.A }, s.C with { Row = axis.C });
                s.M *= axis.Extent;
            }
            else if (axis.A == 0 && (s.N == 1 || (axis.B == s.N * s.B.Column && axis.C == s.N * s.C.Column)))
            {
                if (s.N == 1) (s.B, s.C) = (s.B with { Column = axis.B }, s.C with { Column = axis.C });
                s.N *= axis.Extent;
            }
            else
            {
                return false;
            }
        }
        (s.Outer3, s.Outer2, s.Outer1, s.Outer0) = (s.Outer2, s.Outer1, s.Outer0, new(1, 0, 0));
        return true;
    }
}
