namespace Pacil.Data;

/// <summary>What folded text is made of; where that changes, another word begins.</summary>
internal enum LetterKind : byte
{
    Letter,
    Digit,
    Sign,
    Space,

    /// <summary>A letter of a script that puts no blanks between words, or a picture: a word by itself.</summary>
    Unspaced,

    /// <summary>A letter of Korean, of which two or three are a syllable.</summary>
    Hangul,
}
