namespace Pacil.Data.Folding;

/// <summary>
/// The kinds of characters in folded text. In searchable text, a new word begins wherever the next character has
/// another kind.
/// </summary>
internal enum LetterKind : byte
{
    Letter,
    Digit,
    Sign,
    Space,

    /// <summary>
    /// A letter of a writing system without spaces between words, such as Chinese, or a pictograph. A search finds
    /// every such character as a word of its own.
    /// </summary>
    Unspaced,

    /// <summary>A Korean letter. NFKD decomposes each Korean syllable into two or three such letters.</summary>
    Hangul,
}
