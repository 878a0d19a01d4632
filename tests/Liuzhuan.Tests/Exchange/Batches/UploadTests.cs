using System.Security.Cryptography;
using Liuzhuan.Exchange.Batches;

namespace Liuzhuan.Tests.Exchange.Batches;

public class UploadTests
{
    private const int Part = 200_000;

    private static readonly byte[] File = BatchGround.List(24_000);

    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_whole_file_is_taken_once_however_often_it_is_put(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.SendAsync(File);
        var again = await ground.Host.PutAsync(id, File);
        Assert.Equal((200, "waiting", $"{File.Length}", "?1"), (again.Status, again.State, again.Fields["Upload-Offset"], again.Fields["Upload-Complete"]));
        Assert.Equal(File.Length, await ground.CountAsync("select sum(coalesce(unpacked, length(bytes))) from batch_pieces where batch_id = @id", id));

        Assert.Equal("upload.closed", (await ground.Host.PutAsync(id, Changed(File))).Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_upload_goes_on_where_it_broke_off_and_every_wrong_offset_is_told_the_right_one(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.OpenAsync(File);
        Assert.True(File.Length > 4 * Part);
        for (var at = 0; at < File.Length; at += Part)
        {
            var part = File[at..Math.Min(File.Length, at + Part)];
            var isLast = at + part.Length == File.Length;
            foreach (var beyond in new long[] { at + 1, at + Part, File.Length, long.MaxValue >> 20 })
            {
                if (beyond == at) continue;
                var wrong = await host.PatchAsync(id, beyond, part, false);
                Assert.Equal((409, "upload.offset", $"{at}"), (wrong.Status, wrong.Code, wrong.Fields["Upload-Offset"]));
            }

            foreach (var before in new[] { 0, at - Part, at - 1 }.Where(before => before >= 0 && before < at))
            {
                // Bytes that are not the ones there, at an offset that is taken.
                var wrong = await host.PatchAsync(id, before, Changed(File[before..Math.Min(File.Length, before + Part)]), false);
                Assert.Equal((409, "upload.offset", $"{at}"), (wrong.Status, wrong.Code, wrong.Fields["Upload-Offset"]));
            }

            Assert.Equal((at, "?0"), await HeadAsync(host, id));
            var taken = await host.PatchAsync(id, at, part, isLast);
            Assert.Equal(isLast ? 200 : 204, taken.Status);
            Assert.Equal($"{at + part.Length}", taken.Fields["Upload-Offset"]);
            // The reply was lost: the same part again.
            taken = await host.PatchAsync(id, at, part, isLast);
            Assert.Equal((isLast ? 200 : 204, $"{at + part.Length}"), (taken.Status, taken.Fields["Upload-Offset"]));
        }

        Assert.Equal((File.Length, "?1"), await HeadAsync(host, id));
        Assert.Equal("waiting", (await host.StatusAsync(id)).State);
        Assert.Equal(File.Length, await ground.CountAsync("select sum(coalesce(unpacked, length(bytes))) from batch_pieces where batch_id = @id", id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_part_that_was_half_taken_is_continued_and_the_end_may_be_told_alone(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.OpenAsync(File);
        Assert.Equal(204, (await host.PatchAsync(id, 0, File[..Part], false)).Status);
        Assert.Equal(204, (await host.PatchAsync(id, Part / 2, File[(Part / 2)..], false)).Status);
        Assert.Equal((File.Length, "?0"), await HeadAsync(host, id));
        Assert.Equal("receiving", (await host.StatusAsync(id)).State);
        var ended = await host.PatchAsync(id, File.Length, [], true);
        Assert.Equal((200, "waiting"), (ended.Status, ended.State));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_senders_of_the_same_parts_leave_one_whole_file(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.OpenAsync(File);
        await Task.WhenAll(new[] { ground.Host, ground.OpenHost() }.Select(host => Task.Run(async () =>
        {
            for (var at = 0; at < File.Length; at += Part)
            {
                var end = Math.Min(File.Length, at + Part);
                Assert.InRange((await host.PatchAsync(id, at, File[at..end], end == File.Length)).Status, 200, 204);
            }
        })));
        Assert.Equal("waiting", (await ground.Host.StatusAsync(id)).State);
        Assert.Equal(File.Length, await ground.CountAsync("select sum(coalesce(unpacked, length(bytes))) from batch_pieces where batch_id = @id", id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_file_with_another_digest_is_refused_and_kept_for_inspection_until_it_expires(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        foreach (var inParts in new[] { false, true })
        {
            var id = await host.OpenAsync(File);
            var other = Changed(File);
            var reply = inParts ? await host.PatchAsync(id, 0, other, true) : await host.PutAsync(id, other);
            Assert.Equal((422, "upload.file-digest"), (reply.Status, reply.Code));
            var status = await host.StatusAsync(id);
            Assert.Equal(("refused", "upload.file-digest"), (status.State, status.Json.GetProperty("refusal").GetProperty("code").GetString()));
            Assert.True(await ground.PiecesAsync(id) > 0);
            Assert.False(await host.Worker.RunOnceAsync(default));
            // Sending the right one now does not help: what was judged stays judged.
            Assert.Equal("upload.closed", (await host.PutAsync(id, File)).Code);
        }

        ground.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(2, await host.Get<Liuzhuan.Exchange.Batches.Contents.BatchErasure>().SweepAsync(ground.Clock.Now, default));
        Assert.Equal(0, await ground.CountAsync("select count(*) from batch_pieces"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_whole_file_replaces_parts_of_another_attempt(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var id = await ground.Host.OpenAsync(File);
        Assert.Equal(204, (await ground.Host.PatchAsync(id, 0, Changed(File[..Part]), false)).Status);
        Assert.Equal("waiting", (await ground.Host.PutAsync(id, File)).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Another_clients_batch_is_as_one_that_does_not_exist(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.OpenAsync(File);
        var nobodys = RandomNumberGenerator.GetHexString(32, lowercase: true);
        foreach (var (method, path) in new[] { ("GET", ""), ("DELETE", ""), ("HEAD", "/content"), ("GET", "/result"), ("GET", "/problems"), ("GET", "/manifest") })
        {
            var theirs = await host.CallAsync(method, $"/api/batches/{id}{path}", client: BatchGround.Court);
            var none = await host.CallAsync(method, $"/api/batches/{nobodys}{path}", client: BatchGround.Court);
            Assert.Equal((404, none.Text), (theirs.Status, theirs.Text));
            Assert.Equal(404, (await host.CallAsync(method, $"/api/batches/x{path}")).Status);
        }

        Assert.Equal(404, (await host.PutAsync(id, File, BatchGround.Court)).Status);
        Assert.Equal(404, (await host.PatchAsync(id, 0, File, true, BatchGround.Court)).Status);
        Assert.Empty((await host.CallAsync("GET", "/api/batches", client: BatchGround.Court)).Json.GetProperty("batches").EnumerateArray());
        Assert.Equal("receiving", (await host.StatusAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lengths_types_and_fields_are_checked_before_a_byte_is_kept(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.OpenAsync(File);
        Assert.Equal("upload.length", (await host.PutAsync(id, File[..^1])).Code);
        Assert.Equal("upload.length", (await host.PatchAsync(id, 0, [.. File, 1], false)).Code);
        Assert.Equal("upload.length", (await host.PatchAsync(id, 0, File[..Part], true)).Code);
        Assert.Equal("upload.part-too-small", (await host.PatchAsync(id, 0, File[..1000], false)).Code);
        Assert.Equal("digest.missing", (await host.CallAsync("PUT", $"/api/batches/{id}/content", File)).Code);
        Assert.Equal("digest.different", (await host.CallAsync("PUT", $"/api/batches/{id}/content", File, fields: ("Content-Digest", $"sha-256=:{Convert.ToBase64String(new byte[32])}:"))).Code);
        Assert.Equal("upload.media-type", (await host.CallAsync("PATCH", $"/api/batches/{id}/content", File, fields: [("Content-Type", "text/csv"), ("Upload-Offset", "0"), ("Upload-Complete", "?1")])).Code);
        foreach (var (offset, complete) in new[] { ("", "?1"), ("-1", "?1"), ("0.5", "?1"), (" 0", "?1"), ("0", ""), ("0", "1"), ("99999999999999999999", "?1") })
        {
            Assert.Equal("upload.fields", (await host.CallAsync("PATCH", $"/api/batches/{id}/content", File, fields: [("Content-Type", "application/partial-upload"), ("Upload-Offset", offset), ("Upload-Complete", complete)])).Code);
        }

        Assert.Equal(0, await ground.PiecesAsync(id));
        Assert.Equal((0, "?0"), await HeadAsync(host, id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_upload_that_rests_too_long_is_given_up(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database);
        var host = ground.Host;
        var id = await host.OpenAsync(File);
        await host.PatchAsync(id, 0, File[..Part], false);
        ground.Clock.Advance(TimeSpan.FromHours(23));
        await host.PatchAsync(id, Part, File[Part..(2 * Part)], false);
        ground.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await host.Get<Liuzhuan.Exchange.Batches.Contents.BatchErasure>().SweepAsync(ground.Clock.Now, default));
        ground.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await host.Get<Liuzhuan.Exchange.Batches.Contents.BatchErasure>().SweepAsync(ground.Clock.Now, default));
        var status = await host.StatusAsync(id);
        Assert.Equal(("cancelled", "upload.expired", 0), (status.State, status.Json.GetProperty("refusal").GetProperty("code").GetString(), await ground.PiecesAsync(id)));
        Assert.Equal("upload.closed", (await host.PatchAsync(id, 2 * Part, File[(2 * Part)..], true)).Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task How_much_a_client_may_have_here_is_bounded(string database)
    {
        await using var ground = await BatchGround.CreateAsync(database, new BatchOptions { MostOpen = 2, MostBytes = 1_000_000, MostStored = 1_500_000 });
        var host = ground.Host;
        Assert.Equal((413, "batch.too-large"), Of(await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(new byte[1_000_001]))));
        var first = await host.OpenAsync(new byte[1_000_000]);
        Assert.Equal((429, "batch.no-room"), Of(await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(new byte[500_001]))));
        await host.OpenAsync(new byte[1000]);
        Assert.Equal((429, "batch.too-many"), Of(await host.CallAsync("POST", "/api/batches", BatchHost.Announcement(new byte[10]))));
        await host.OpenAsync(new byte[1000], client: BatchGround.Court);
        Assert.Equal(204, (await host.CallAsync("DELETE", $"/api/batches/{first}")).Status);
        await host.OpenAsync(new byte[900_000]);

        static (int, string) Of(Replied reply) => (reply.Status, reply.Code);
    }

    private static async Task<(long, string)> HeadAsync(BatchHost host, string id)
    {
        var head = await host.CallAsync("HEAD", $"/api/batches/{id}/content");
        Assert.Equal((204, $"{File.Length}"), (head.Status, head.Fields["Upload-Length"]));
        Assert.Contains("max-append-size=8388608", head.Fields["Upload-Limit"], StringComparison.Ordinal);
        return (long.Parse(head.Fields["Upload-Offset"]), head.Fields["Upload-Complete"]);
    }

    private static byte[] Changed(byte[] bytes)
    {
        var other = bytes.ToArray();
        other[0] ^= 1;
        return other;
    }
}
