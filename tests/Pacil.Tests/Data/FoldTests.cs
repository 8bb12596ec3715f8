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

    [Theory]
    [InlineData("a1")]
    [InlineData("é ")]
    [InlineData("가1")]
    [InlineData("漢字")]
    [InlineData("كتاب ")]
    [InlineData("ก้")]
    [InlineData("м²")]
    [InlineData("😀")]
    public void Words_of_every_script_with_numbers_between_them_are_not_too_long(string text)
    {
        var length = text.EnumerateRunes().Count();
        Fold.IsTooLong(string.Concat(Enumerable.Repeat(text, 10_000 / length)), 10_000).ShouldBeFalse();
    }

    [Theory]
    [InlineData('\uFDFA')]
    [InlineData('\u00BD')]
    public void Characters_that_stand_for_many_are_too_long_where_there_are_many_of_them(char wide)
    {
        Fold.IsTooLong(new string(wide, 10_000), 10_000).ShouldBeTrue();
        Fold.IsTooLong(new string(wide, 1_000), 10_000).ShouldBeFalse();
    }
}
