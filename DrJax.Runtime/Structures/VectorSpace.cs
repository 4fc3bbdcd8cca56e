namespace DrJax;

/// <summary>The operators of records marked <see cref="IVectorSpace"/>: on float and double leaves; int and bool leaves keep the left
/// operand's value (the array's, where the other operand is a scalar).</summary>
public static class VectorSpace
{
    extension<P>(P) where P : IVectorSpace
    {
        /// <summary>The sum, leaf by leaf.</summary>
        /// <exception cref="ArgumentException">Two leaves have different shapes.</exception>
        public static P operator +(P x, P y) => LeafMath.Zip<P, Add>("operator +", x, y);

        /// <summary>The difference, leaf by leaf.</summary>
        /// <exception cref="ArgumentException">Two leaves have different shapes.</exception>
        public static P operator -(P x, P y) => LeafMath.Zip<P, Subtract>("operator -", x, y);

        /// <summary>The negative of every leaf.</summary>
        public static P operator -(P x) => LeafMath.Scale<P, Multiply>(x, -1);

        /// <summary>Every leaf times s, in the leaf's own precision.</summary>
        public static P operator *(double s, P x) => LeafMath.Scale<P, Multiply>(x, s);

        /// <summary>Every leaf times s, in the leaf's own precision.</summary>
        public static P operator *(float s, P x) => LeafMath.Scale<P, Multiply>(x, s);

        /// <summary>Every leaf times s, in the leaf's own precision.</summary>
        public static P operator *(P x, double s) => LeafMath.Scale<P, Multiply>(x, s);

        /// <summary>Every leaf times s, in the leaf's own precision.</summary>
        public static P operator *(P x, float s) => LeafMath.Scale<P, Multiply>(x, s);

        /// <summary>Every leaf divided by s, in the leaf's own precision.</summary>
        public static P operator /(P x, double s) => LeafMath.Scale<P, Divide>(x, s);

        /// <summary>Every leaf divided by s, in the leaf's own precision.</summary>
        public static P operator /(P x, float s) => LeafMath.Scale<P, Divide>(x, s);
    }
}
