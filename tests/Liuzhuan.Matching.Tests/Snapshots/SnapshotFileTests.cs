using System.Buffers.Binary;
using System.Security.Cryptography;
using Liuzhuan.Matching.Snapshots;

namespace Liuzhuan.Matching.Tests.Snapshots;

public class SnapshotFileTests
{
    private static readonly DateTimeOffset AsOf = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_input_gives_the_same_bytes_whatever_the_threads()
    {
        using var folder = new TempFolder();
        new GeneratedPeople(11, 20_000).WriteCsv(folder.File("people.csv"));
        var files = new[] { 1, 2, 5 }.Select(threads =>
        {
            var output = folder.File($"{threads}.lzr");
            SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), output, AsOf, Threads: threads), null, CancellationToken.None);
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(output)));
        });
        Assert.Single(files.Distinct());
    }

    // The one text stands near the beginning, near the end, or only some rows are not of one length: whoever reads it has numbered others as numbers.
    [Theory]
    [InlineData(3, "H7")]
    [InlineData(19_990, "H7")]
    [InlineData(19_990, "12")]
    [InlineData(10_000, "二号")]
    public void A_column_of_numbers_with_one_that_is_none_is_kept_as_text_whatever_the_threads(int at, string household) =>
        AssertKept(i => i == at ? household : $"{220_000_000 + i / 3}");

    // None of a column is filled, the first thousands are not, one here and there is not; with and without numbers behind.
    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(7_000, 1)]
    [InlineData(19_999, 1)]
    [InlineData(1, 5)]
    public void An_empty_cell_of_a_column_of_numbers_stays_empty_whatever_the_threads(int first, int step) =>
        AssertKept(i => i >= first && i % step == 0 ? $"{220_000_000 + i / 3}" : "");

    // Every household that goes in comes out again, and the file is the same for any number of threads.
    private static void AssertKept(Func<int, string> household)
    {
        using var folder = new TempFolder();
        new GeneratedPeople(17, 20_000).WriteCsv(folder.File("people.csv"));
        var lines = File.ReadAllLines(folder.File("people.csv"));
        for (var i = 1; i < lines.Length; i++) lines[i] = WithHousehold(lines[i], household(i));
        File.WriteAllLines(folder.File("people.csv"), lines);
        var digests = new[] { 1, 2, 5 }.Select(threads => SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), AsOf, Threads: threads), null, CancellationToken.None).Digest);
        Assert.Single(digests.Distinct());

        using var register = Register.Open(folder.File("people.lzr"), TestSchemas.Find);
        using var export = new MemoryStream();
        RegisterExport.Write(register, export, CancellationToken.None);
        var back = System.Text.Encoding.UTF8.GetString(export.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(HouseholdOf);
        Assert.Equal(lines.Select(HouseholdOf).Order(StringComparer.Ordinal), back.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_damaged_byte_in_any_section_is_found_and_the_section_named()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(12, 3000), folder))
        {
        }

        var path = folder.File("people.lzr");
        Assert.Empty(RegisterInfo.Check(path, CancellationToken.None));
        var sound = File.ReadAllBytes(path);
        foreach (var section in RegisterInfo.Read(path).Sections.Where(section => section.Length > 0))
        {
            foreach (var at in new[] { section.Offset, section.Offset + section.Length / 2, section.Offset + section.Length - 1 })
            {
                var damaged = (byte[])sound.Clone();
                damaged[at] ^= 0x10;
                File.WriteAllBytes(path, damaged);
                Assert.Contains(section.Name, RegisterInfo.Check(path, CancellationToken.None));
                var fault = Assert.Throws<RegisterException>(() =>
                {
                    using var register = Register.Open(path, TestSchemas.Find);
                    register.VerifySections(CancellationToken.None);
                });
                Assert.Equal("register_corrupt", fault.Code);
                Assert.Contains(section.Name, fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Truncated_foreign_newer_and_missing_files_are_refused_by_name()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(13, 200), folder))
        {
        }

        var path = folder.File("people.lzr");
        var sound = File.ReadAllBytes(path);
        foreach (var length in new[] { 0, 5, 100, 4095, 4096, 4097, sound.Length / 2, sound.Length - 1 })
        {
            File.WriteAllBytes(path, sound[..length]);
            Assert.Equal(length < 8 ? "register_foreign" : "register_truncated", Refused(path));
        }

        File.WriteAllBytes(path, [.. sound, 0]);
        Assert.Equal("register_corrupt", Refused(path));
        File.WriteAllBytes(path, [.. "PK\u0003\u0004"u8, .. sound[4..]]);
        Assert.Equal("register_foreign", Refused(path));
        var newer = (byte[])sound.Clone();
        BinaryPrimitives.WriteInt32LittleEndian(newer.AsSpan(8), 99);
        File.WriteAllBytes(path, newer);
        Assert.Equal("register_newer", Refused(path));
        var table = (byte[])sound.Clone();
        table[300] ^= 1;
        File.WriteAllBytes(path, table);
        Assert.Equal("register_corrupt", Refused(path));
        Assert.Equal("register_missing", Refused(folder.File("nobody.lzr")));
        File.WriteAllBytes(path, sound);
        Assert.Equal("register_schema", Assert.Throws<RegisterException>(() => Register.Open(path, _ => null)).Code);
        Assert.Equal("register_schema", Assert.Throws<RegisterException>(() => Register.Open(path, _ => TestSchemas.Enterprise)).Code);
    }

    [Fact]
    public void Rows_without_a_usable_key_or_status_are_listed_and_left_out()
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(14, 100);
        people.WriteCsv(folder.File("people.csv"));
        File.AppendAllText(folder.File("people.csv"), "123,短号,1,,,,active,,,,\n11010519491231002X,王伟,1,,,,asleep,,,,\n220104198001010015,无状态,1,,,,,,,,\n");
        var report = SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), AsOf), null, CancellationToken.None);
        Assert.Equal((103, 100, 3), (report.Rows, report.Records, report.Rejected));
        var rejects = File.ReadAllLines(folder.File("people.lzr.rejects.csv"));
        Assert.StartsWith("102,number_length,123,", rejects[1], StringComparison.Ordinal);
        Assert.StartsWith("103,status_unknown,11010519491231002X,", rejects[2], StringComparison.Ordinal);
        Assert.StartsWith("104,status_unknown,220104198001010015,", rejects[3], StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_one_rejected_row_in_twenty_refuses_the_input_and_leaves_the_old_register()
    {
        using var folder = new TempFolder();
        using (MatcherTests.Build(new GeneratedPeople(15, 90), folder))
        {
        }

        var before = File.ReadAllBytes(folder.File("people.lzr"));
        File.AppendAllText(folder.File("people.csv"), string.Concat(Enumerable.Repeat("12,坏,1,,,,active,,,,\n", 5)));
        var fault = Assert.Throws<RegisterException>(() => SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), AsOf), null, CancellationToken.None));
        Assert.Equal("input_rejected", fault.Code);
        Assert.Equal(before, File.ReadAllBytes(folder.File("people.lzr")));
        Assert.Equal(6, File.ReadAllLines(folder.File("people.lzr.rejects.csv")).Length);
    }

    [Fact]
    public void A_file_with_a_header_only_is_no_register_and_a_file_without_status_is_one_of_active_people()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("people.csv"), "id_number,name\n");
        Assert.Equal("input_empty", Assert.Throws<RegisterException>(() => SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), AsOf), null, CancellationToken.None)).Code);
        File.WriteAllText(folder.File("people.csv"), "id_number,name\n11010519491231002X,王伟\n");
        var report = SnapshotBuilder.Build(new BuildRequest(TestSchemas.Person, folder.File("people.csv"), folder.File("people.lzr"), AsOf), null, CancellationToken.None);
        Assert.Equal(1, report.Records);
        Assert.Contains("status", report.MissingColumns);
    }

    [Fact]
    public void Every_record_can_be_read_back()
    {
        using var folder = new TempFolder();
        var people = new GeneratedPeople(16, 2500);
        using var register = MatcherTests.Build(people, folder);
        using var export = new MemoryStream();
        RegisterExport.Write(register, export, CancellationToken.None);
        var back = System.Text.Encoding.UTF8.GetString(export.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal);
        Assert.Equal(people.Rows.Select(Canonical).Order(StringComparer.Ordinal), back);
    }

    // The register keeps canonical values; names stand as they were entered.
    private static string Canonical(string[] row) => string.Join(',', row.Select((value, i) => i switch
    {
        2 or 3 or 4 or 5 => FieldComparers.Get(TestSchemas.Person.Fields[i - 1].Comparer).TryReadStored(value, out var canonical) ? canonical : "",
        _ => value,
    }));

    private static string HouseholdOf(string line) => line.Split(',')[7];

    private static string WithHousehold(string line, string household)
    {
        var cells = line.Split(',');
        cells[7] = household;
        return string.Join(',', cells);
    }

    private static string Refused(string path) => Assert.Throws<RegisterException>(() => Register.Open(path, TestSchemas.Find)).Code;
}
