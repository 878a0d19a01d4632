using System.Text;
using System.Text.Json.Nodes;
using Liuzhuan.Platform.Ledger;

namespace Liuzhuan.Tests.Platform.Ledger;

public class ReceiptFileTests
{
    [Fact]
    public async Task A_receipt_with_any_part_changed_is_refused()
    {
        await using var ground = await LedgerGround.CreateAsync("sqlite");
        await ground.AppendAsync(20);
        await ground.AppendAsync(11);
        var file = ReceiptFile.Write((await ground.Ledger.ReceiptAsync(7, null, CancellationToken.None))!, ground.NoteKey.Name);
        Assert.True(ReceiptFile.Check(file, ground.NoteKey).Ok(out var receipt, out _));
        Assert.Equal((7, TestClock.Morning), (receipt.Position, receipt.At));

        var other = JsonNode.Parse(ReceiptFile.Write((await ground.Ledger.ReceiptAsync(8, null, CancellationToken.None))!, ground.NoteKey.Name))!;
        Action<JsonNode>[] changes =
        [
            json => json["position"] = 8,
            json => json["position"] = -1,
            json => json["position"] = "7",
            json => json["leaf"] = other["leaf"]!.DeepClone(),
            json => json["leaf"] = "?",
            json => json["leaf"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(json["leaf"]!.GetValue<string>())).Replace("\"number\":7", "\"number\":9", StringComparison.Ordinal))),
            json => json["path"] = other["path"]!.DeepClone(),
            json => json["path"]!.AsArray().RemoveAt(0),
            json => json["path"]!.AsArray().Add(Convert.ToBase64String(new byte[32])),
            json => json["path"]!.AsArray().Add(Convert.ToBase64String(new byte[31])),
            json => json["path"] = new JsonArray([.. Enumerable.Range(0, 70).Select(_ => JsonValue.Create(Convert.ToBase64String(new byte[32])))]),
            json => json["checkpoint"] = json["checkpoint"]!.GetValue<string>().Replace("\n31\n", "\n32\n", StringComparison.Ordinal),
            json => json["checkpoint"] = "",
            json => json.AsObject().Remove("path"),
            json => json.AsObject().Remove("ledger"),
        ];
        foreach (var change in changes)
        {
            var json = JsonNode.Parse(file)!;
            change(json);
            Assert.False(ReceiptFile.Check(Encoding.UTF8.GetBytes(json.ToJsonString()), ground.NoteKey).Ok(out _, out _), json.ToJsonString());
        }

        foreach (var text in (string[])["", "[]", "{}", "null", "{\"path\":1}", "{\"path\":{\"a\":{\"b\":{\"c\":1}}}}"]) Assert.False(ReceiptFile.Check(Encoding.UTF8.GetBytes(text), ground.NoteKey).Ok(out _, out _));
    }
}
