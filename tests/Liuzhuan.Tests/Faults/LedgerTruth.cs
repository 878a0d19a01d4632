using System.Text;
using System.Text.Json;
using Liuzhuan.Matching;
using Liuzhuan.Matching.Values;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.Ledger.Accesses.Pseudonyms;
using Liuzhuan.Platform.Ledger.Merkle;
using Liuzhuan.Platform.Ledger.Notes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;
using Liuzhuan.Tests.Commands;

namespace Liuzhuan.Tests.Faults;

/// <summary>What must hold of ledger, stored answers, batches and lists of accesses, whatever was done to the hosts; read from the database, without a service.</summary>
internal static class LedgerTruth
{
    /// <summary>Nothing acknowledged is lost, nothing is done twice.</summary>
    /// <param name="batches">Accepted batches that have their results, with their people.</param>
    /// <returns>The number of entries.</returns>
    public static async Task<long> AssertAsync(FaultGround ground, QuestionLoad questions, IReadOnlyDictionary<string, IReadOnlyList<int>> batches)
    {
        Assert.True(KeyFolder.Open(Path.Combine(ground.Folders[0], "keys"), TimeProvider.System).Ok(out var keys, out _));
        var name = NoteKey.Of(new LedgerOptions().Origin, keys.Current(KeyPurposes.Ledger, SigningSuites.Ed25519.Id));
        await using var connection = await ground.Database.Store.OpenAsync(CancellationToken.None);
        var leaves = await connection.ListAsync(null, "select leaf from ledger_entries order by position", row => row.GetFieldValue<byte[]>(0), CancellationToken.None);
        var roots = Roots(leaves);
        foreach (var (number, body) in questions.Answered) AssertReceipt(body, name, leaves, roots, number);

        // One entry for each question that was asked, and it is the acknowledged one.
        var told = questions.Answered.Values.Select(body => Receipt(body).GetProperty("position").GetInt64()).Order().ToList();
        Assert.Equal(told.Distinct(), told);
        Assert.Equal(Enumerable.Range(0, leaves.Count).Where(position => Kind(leaves[position]) == "question").Select(position => (long)position), told);

        var logged = leaves.Where(leaf => Kind(leaf) == "batch").Select(leaf => JsonDocument.Parse(leaf).RootElement.GetProperty("detail").GetProperty("batch").GetString()!).ToList();
        Assert.Equal(batches.Keys.Order(StringComparer.Ordinal), logged.Order(StringComparer.Ordinal));

        await AssertAccessesAsync(ground, keys, questions, batches);
        var check = await Child.RunAsync("ledger", "check", "--data", ground.Folders[0], "--provider", ground.Database.Options.Provider, "--connection", ground.Database.Options.Connection);
        Assert.True(check.Code == 0, check.Output + check.Error);
        return leaves.Count;
    }

    /// <summary>Nothing unfinished lies about once all work is done.</summary>
    public static void AssertTidy(FaultGround ground)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (var folder in ground.Folders)
        {
            Assert.Empty(Directory.EnumerateFiles(folder, "*.tmp", all));
            if (Directory.Exists(Path.Combine(folder, "batches"))) Assert.Empty(Directory.EnumerateDirectories(Path.Combine(folder, "batches")));
        }
    }

    // The leaf stands where the receipt says, the proof holds, and the log as it is now begins with the one that was signed then.
    private static void AssertReceipt(byte[] body, NoteKey name, List<byte[]> leaves, TreeHash[] roots, int number)
    {
        var text = Receipt(body).GetRawText();
        Assert.True(ReceiptFile.Check(Encoding.UTF8.GetBytes(text), name).Ok(out var receipt, out var refusal), $"{number}: {refusal?.English}");
        Assert.True(receipt.Position < leaves.Count, $"question {number} was acknowledged as entry {receipt.Position} of a log that has {leaves.Count}");
        Assert.Equal(leaves[(int)receipt.Position], receipt.Leaf.ToArray());
        Assert.True(Checkpoint.Open(receipt.Checkpoint, name).Ok(out var checkpoint, out refusal), refusal?.English);
        Assert.InRange(checkpoint.Size, 1, leaves.Count);
        Assert.Equal(roots[checkpoint.Size], checkpoint.Root);
    }

    private static TreeHash[] Roots(List<byte[]> leaves)
    {
        var (edge, roots) = (new RightEdge(), new TreeHash[leaves.Count + 1]);
        roots[0] = edge.Root;
        foreach (var leaf in leaves)
        {
            edge.Append(TreeHash.OfLeaf(leaf));
            roots[edge.Size] = edge.Root;
        }

        return roots;
    }

    // Each person's list has one access for each question and each batch about them.
    private static async Task AssertAccessesAsync(FaultGround ground, KeyFolder keys, QuestionLoad questions, IReadOnlyDictionary<string, IReadOnlyList<int>> batches)
    {
        const int most = 300;
        var asked = questions.Answered.Keys.GroupBy(QuestionLoad.PersonOf).ToDictionary(person => person.Key, person => person.Count());
        foreach (var number in batches.Values.SelectMany(people => people)) asked[number] = asked.GetValueOrDefault(number) + 1;
        var history = new AccessHistory(ground.Database.Store, PseudonymKeys.All(keys));
        var random = new Random(5);
        foreach (var (number, count) in asked.OrderBy(_ => random.Next()).Take(most))
        {
            var page = await history.ReadAsync([Person(ground.Register[number].Number)], TimeProvider.System.GetUtcNow(), int.MaxValue - 1, null, CancellationToken.None);
            Assert.True(page.Items.Count == count, $"person {number} has {page.Items.Count} accesses instead of {count}");
        }

        var events = await ground.CountAsync("select count(*) from access_events");
        Assert.Equal(questions.Answered.Count + batches.Count, events);
    }

    private static PersonKey Person(string text) =>
        CitizenNumber.Read(text, new KeyContext(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), NumberRules.Default), out var number, out _) == Reasons.None ? PersonKey.Of(number) : throw new ArgumentException("Not a citizen number.", nameof(text));

    private static JsonElement Receipt(byte[] body) => JsonDocument.Parse(body).RootElement.GetProperty("receipt");

    private static string Kind(byte[] leaf) => JsonDocument.Parse(leaf).RootElement.GetProperty("kind").GetString()!;
}
