using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Ledger.Pages;

namespace Liuzhuan.Tests.Platform.Ledger.Pages;

public class CheckReceiptTests
{
    private const string Number = "210102197702083533", Name = "高静伟";

    [Fact]
    public async Task An_answer_and_its_receipt_alone_hold_and_changed_ones_do_not()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var reply = await service.AskAsync(TestService.Question(Number, Name));
        var whole = Encoding.UTF8.GetString(reply.Body);
        NoteKey[] keys = [service.Ledger.Key];

        Assert.True(CheckReceipt.Check(whole, keys).Ok(out var answer, out _));
        Assert.True(CheckReceipt.Check(JsonNode.Parse(whole)!["receipt"]!.ToJsonString(), keys).Ok(out var receipt, out _));
        Assert.Equal((reply.Position, true), (answer.Position, answer.HoldsAnswer));
        Assert.Equal((reply.Position, false), (receipt.Position, receipt.HoldsAnswer));
        Assert.DoesNotContain(Number, answer.Leaf, StringComparison.Ordinal);
        Assert.Equal("ledger.receipt-other-answer", Code(whole.Replace("\"consistent\"", "\"invalid\"", StringComparison.Ordinal), keys));
        Assert.Equal("ledger.receipt-wrong", Code(Regex.Replace(whole, "\"position\":[0-9]+", "\"position\":0"), keys));
        Assert.Equal("ledger.receipt-malformed", Code("{}", keys));
        Assert.Equal("ledger.receipt-malformed", Code("[", keys));
        Assert.Equal("ledger.receipt-malformed", Code(new string(' ', CheckReceipt.MostCharacters + 1), keys));
        Assert.Equal("ledger.receipt-malformed", Code(whole, []));
    }

    [Fact]
    public async Task The_page_checks_what_is_pasted_and_refuses_a_form_without_its_token()
    {
        await using var service = await TestService.StartAsync("sqlite");
        var reply = await service.AskAsync(TestService.Question(Number, Name));
        using var handler = new HttpClientHandler();
        using var browser = new HttpClient(handler) { BaseAddress = service.Address };

        var page = await browser.GetStringAsync("/ledger?lang=en");
        var token = Regex.Match(page, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)").Groups[1].Value;
        using var good = await browser.PostAsync("/ledger", new FormUrlEncodedContent([new("receipt", Encoding.UTF8.GetString(reply.Body)), new("__RequestVerificationToken", token)]));
        using var forged = await browser.PostAsync("/ledger", new FormUrlEncodedContent([new("receipt", "{}")]));

        Assert.Contains("The answer is the one that was logged", await good.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    private static string Code(string text, NoteKey[] keys) => CheckReceipt.Check(text, keys).Ok(out _, out var refusal) ? "holds" : refusal.Code;
}
