using Pacil.Data;

namespace Pacil.Tests.Data;

public sealed class FoldTests
{
    [Theory]
    [InlineData("Étagère", "etagere")]
    [InlineData("  Two   words ", "two words")]
    [InlineData("ＦＵＬＬ ﬁ ²", "full fi 2")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("\u0301", "")]
    public void A_key_forgets_case_accents_and_width(string text, string key) => Fold.Key(text).ShouldBe(key);

    [Fact]
    public void A_key_is_cut_before_half_a_character() =>
        Fold.Key(string.Concat(Enumerable.Repeat("😀", 150))).ShouldBe(string.Concat(Enumerable.Repeat("😀", 100)));

    [Theory]
    [InlineData("Bolt M6×20", "  bolt  m  6  ×  20")]
    [InlineData("100% wool", "  100  %  wool")]
    [InlineData("it's", "  it  '  s")]
    public void Searchable_text_leads_every_run_with_two_spaces(string text, string searchable) =>
        Fold.Searchable(text).ShouldBe(searchable);
}
