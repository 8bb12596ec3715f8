using System.Text;
using System.Text.Json;
using Pacil.Data.Folding;
using Pacil.Tests.Support;

namespace Pacil.Tests.Data.Folding;

public sealed class TextFoldingTests
{
    [Theory]
    [InlineData("Étagère", "etagere")]
    [InlineData("  Two   words ", "two words")]
    [InlineData("ＦＵＬＬ ﬁ ²", "full fi 2")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Bolt M10", "bolt m10")]
    [InlineData("a\u200Bb", "ab")]
    [InlineData("\u0301", "")]
    public void A_key_forgets_case_accents_and_width(string text, string key) => TextFolding.Key(text).ShouldBe(key);

    [Fact]
    public void A_key_is_cut_before_half_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 150));
        TextFolding.Key(text).ShouldBe(string.Concat(Enumerable.Repeat("😀", 100)));
        TextFolding.SortKey($"x{text}").ShouldBe($"x{string.Concat(Enumerable.Repeat("😀", 99))}");
    }

    /// <summary>
    /// A test of the browser scripts reads the same file of examples, to ensure that the server and the browser scripts
    /// fold text in the same way.
    /// </summary>
    [Fact]
    public void Texts_of_many_scripts_are_folded_as_the_scripts_fold_them()
    {
        var file = File.ReadAllText(Path.Combine(Repository.Root, "tests/scripts/folded.json"));
        var texts = JsonDocument.Parse(file).RootElement.EnumerateArray().ToList();
        texts.Count.ShouldBeGreaterThan(30);
        foreach (var text in texts)
        {
            TextFolding.SortKey(text.GetProperty("text").GetString()!).ShouldBe(text.GetProperty("key").GetString());
            TextFolding.Searchable(text.GetProperty("text").GetString()!)
                .ShouldBe(text.GetProperty("searchable").GetString());
        }
    }

    /// <summary>
    /// Checks every Unicode code point. No folded letter may contain the character TextFolding.Joint, because the
    /// search would mistake it for a separator between letters.
    /// </summary>
    [Fact]
    public void Folded_text_has_no_capital_and_stays_as_it_is_when_it_is_folded_again()
    {
        foreach (var rune in Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(code => new Rune(code)))
        {
            var key = TextFolding.Key(rune.ToString());
            key.Contains(TextFolding.Joint).ShouldBeFalse($"{rune.Value:X4}");
            TextFolding.Key(key).ShouldBe(key, $"{rune.Value:X4}");
        }
    }

    [Theory]
    [InlineData("a1")]
    [InlineData("é ")]
    [InlineData("가1")]
    [InlineData("각")]
    [InlineData("각1")]
    [InlineData("漢1")]
    [InlineData("ไ.")]
    [InlineData("𠮷1")]
    [InlineData("👍🏽")]
    [InlineData("ꟓ1")]
    [InlineData("漢字")]
    [InlineData("كتاب ")]
    [InlineData("ก้")]
    [InlineData("м²")]
    [InlineData("😀")]
    public void Words_of_every_script_with_numbers_between_them_are_not_too_long(string text)
    {
        var length = text.EnumerateRunes().Count();
        TextFolding.IsTooLong(string.Concat(Enumerable.Repeat(text, 10_000 / length)), 10_000).ShouldBeFalse();
    }

    [Theory]
    [InlineData('\uFDFA')]
    [InlineData('\u00BD')]
    public void Characters_that_stand_for_many_are_too_long_where_there_are_many_of_them(char wide)
    {
        TextFolding.IsTooLong(new string(wide, 10_000), 10_000).ShouldBeTrue();
        TextFolding.IsTooLong(new string(wide, 1_000), 10_000).ShouldBeFalse();
    }
}
