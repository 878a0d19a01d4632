using System.Runtime.Versioning;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.Signing;
using Liuzhuan.Platform.Signing.Keys;

namespace Liuzhuan.Tests.Platform.Signing.Keys;

[SupportedOSPlatform("linux")]
public sealed class KeyFolderTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _ground = Directory.CreateTempSubdirectory("liuzhuan-keys-");
    private readonly TestClock _clock = new(TestClock.Morning);

    private string Place => Path.Combine(_ground.FullName, "keys");

    [Fact]
    public void The_first_use_makes_a_key_that_the_next_start_finds()
    {
        var key = Open().Current(KeyPurposes.Ledger, "Ed25519");

        Assert.Equal(key.KeyId, Open().Current(KeyPurposes.Ledger, "Ed25519").KeyId);
        Assert.NotEqual(key.KeyId, Open().Current(KeyPurposes.DemoAgency, "Ed25519").KeyId);
        Assert.True(VerifyingKey.Of(Open().Current(KeyPurposes.Ledger, "Ed25519")).Verify("a"u8, key.Sign("a"u8)));
    }

    [Fact]
    public void Nobody_else_can_read_folder_or_files()
    {
        Open().Current(KeyPurposes.Answers, "ES256");
        Open().Secret(KeyPurposes.Pseudonyms);

        Assert.Equal(Mine | UnixFileMode.UserExecute, File.GetUnixFileMode(Place));
        Assert.Equal(["answers.ES256.0001.pem", "pseudonyms.random.0001.pem"], Directory.GetFiles(Place).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(Place), file => Assert.Equal(Mine, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_folder_open_to_others_is_refused_with_the_command_that_mends_it()
    {
        Open();
        File.SetUnixFileMode(Place, Mine | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        var refusal = Refused();
        Assert.Equal("key.too-open", refusal.Code);
        Assert.Contains("chmod 0700", refusal.Chinese, StringComparison.Ordinal);
        Assert.Contains("chmod 0700", refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_that_the_group_may_read_is_refused()
    {
        Open().Current(KeyPurposes.Answers, "ES256");
        File.SetUnixFileMode(Path.Combine(Place, "answers.ES256.0001.pem"), Mine | UnixFileMode.GroupRead);

        Assert.Contains("chmod 0600", Refused().English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("Created: 2026-03-05T01:30:00Z\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("Created: yesterday\n-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n")]
    public void A_damaged_key_is_refused_and_not_replaced(string text)
    {
        Open();
        var file = Path.Combine(Place, "ledger.Ed25519.0001.pem");
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, Mine);

        Assert.Equal("key.damaged", Refused().Code);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Theory]
    [InlineData("Created: 2026-03-05T01:30:00.1234567Z\n", "2026-03-05T01:30:00.1234567Z")]
    [InlineData("Created: 2026-03-05T01:30:00Z\n", "2026-03-05T01:30:00Z")]
    [InlineData("a note of the operator\r\nCreated: 2026-03-05T01:30:00.5Z\r\n", "2026-03-05T01:30:00.5Z")]
    [InlineData("a note\rCreated: 2026-03-05T01:30:00.0000000Z\r", "2026-03-05T01:30:00Z")]
    [InlineData("Created: 2026-02-30T01:30:00.0000000Z\nCreated: 2026-03-05T01:30:00.0000000Z\n", "2026-03-05T01:30:00Z")]
    public void Whoever_mended_a_file_by_hand_may_write_the_time_as_it_is_usual(string explanation, string created)
    {
        Open();
        var file = Path.Combine(Place, "ledger.Ed25519.0001.pem");
        File.WriteAllText(file, $"{explanation}-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n");
        File.SetUnixFileMode(file, Mine);

        Assert.Equal(DateTimeOffset.Parse(created, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(Open().All(KeyPurposes.Ledger)).CreatedAt);
    }

    [Fact]
    public void A_key_under_the_name_of_another_suite_is_refused()
    {
        Open().Current(KeyPurposes.Answers, "ES256");
        File.Move(Path.Combine(Place, "answers.ES256.0001.pem"), Path.Combine(Place, "answers.Ed25519.0001.pem"));

        Assert.Equal("key.damaged", Refused().Code);
    }

    [Fact]
    public void A_pem_file_of_unknown_name_is_refused()
    {
        Open().Current(KeyPurposes.Answers, "ES256");
        File.Move(Path.Combine(Place, "answers.ES256.0001.pem"), Path.Combine(Place, "answers-old.pem"));

        Assert.Equal("key.unknown-file", Refused().Code);
    }

    [Fact]
    public void Rotation_signs_with_a_new_key_and_keeps_the_old_with_its_dates()
    {
        var folder = Open();
        var first = folder.Current(KeyPurposes.Tokens, "ES256");
        _clock.Now = TestClock.Morning.AddDays(90);
        var second = folder.Rotate(KeyPurposes.Tokens, "ES256");

        Assert.Equal(second.KeyId, folder.Current(KeyPurposes.Tokens, "ES256").KeyId);
        (string, DateTimeOffset, DateTimeOffset?)[] expected = [(first.KeyId, TestClock.Morning, _clock.Now), (second.KeyId, _clock.Now, null)];
        Assert.Equal(expected, folder.All(KeyPurposes.Tokens).Select(key => (key.Key.KeyId, key.CreatedAt, key.RetiredAt)));
        Assert.Equal(expected, Open().All(KeyPurposes.Tokens).Select(key => (key.Key.KeyId, key.CreatedAt, key.RetiredAt)));
        Assert.True(folder.Find(KeyPurposes.Tokens, first.KeyId)!.Public.Verify("a"u8, first.Sign("a"u8)));
        Assert.Null(folder.Find(KeyPurposes.Answers, first.KeyId));
    }

    [Fact]
    public void Of_many_openers_at_once_all_get_the_same_keys()
    {
        var keys = new string[16];
        Parallel.For(0, keys.Length, new ParallelOptions { MaxDegreeOfParallelism = keys.Length }, number =>
        {
            // Each has its own folder object, as processes have.
            var folder = Open();
            keys[number] = folder.Current(KeyPurposes.Answers, "ES256").KeyId + Convert.ToHexString(folder.Secret(KeyPurposes.Pseudonyms).Span);
        });

        Assert.Single(keys.Distinct());
        Assert.Equal(2, Directory.GetFileSystemEntries(Place).Length);
    }

    [Fact]
    public void A_key_made_by_another_process_is_found_after_a_refresh()
    {
        var (one, other) = (Open(), Open());
        var made = one.Rotate(KeyPurposes.Tokens, "ES256");

        Assert.Null(other.Find(KeyPurposes.Tokens, made.KeyId));
        other.Refresh();
        Assert.NotNull(other.Find(KeyPurposes.Tokens, made.KeyId));
    }

    [Fact]
    public void A_suite_nobody_knows_makes_no_key()
    {
        Assert.Throws<ArgumentException>(() => Open().Current(KeyPurposes.Answers, "HS256"));
        Assert.Empty(Directory.GetFiles(Place));
    }

    [Fact]
    public void OpenSsl_reads_our_key_files()
    {
        using var openSsl = new OpenSsl();
        foreach (var suite in SigningSuites.All)
        {
            Open().Current(KeyPurposes.Answers, suite.Id);
            Assert.Equal(0, openSsl.Run($"pkey -in {Path.Combine(Place, $"answers.{suite.Id}.0001.pem")} -noout").Code);
        }
    }

    public void Dispose() => _ground.Delete(recursive: true);

    private KeyFolder Open() => KeyFolder.Open(Place, _clock).Ok(out var folder, out var refusal) ? folder : throw new InvalidOperationException(refusal.English);

    private Refusal Refused() => KeyFolder.Open(Place, _clock).Ok(out _, out var refusal) ? throw new InvalidOperationException("It was opened.") : refusal;
}
