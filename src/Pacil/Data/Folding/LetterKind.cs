namespace Pacil.Data.Folding;

/// <summary>The kinds of characters in folded text. A new word begins where the kind changes.</summary>
internal enum LetterKind : byte
{
    Letter,
    Digit,
    Sign,
    Space,

    /// <summary>A letter of a script without spaces between words, or a pictograph: a word by itself.</summary>
    Unspaced,

    /// <summary>A letter of Korean; two or three of them make a syllable.</summary>
    Hangul,
}
