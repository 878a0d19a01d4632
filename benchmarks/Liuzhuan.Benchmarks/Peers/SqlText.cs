namespace Liuzhuan.Benchmarks.Peers;

/// <summary>
/// The rules of the contract in SQL that DuckDB and PostgreSQL both understand. A number found in the register is valid, because its check
/// character is part of the key, so validity is only worked out for numbers that were not found. Replaced numbers are resolved when the table
/// is loaded (<c>alias</c>), so each question costs one lookup. The nine rows in ten that simply agree leave every CASE at its first branch.
/// </summary>
internal static class SqlText
{
    /// <summary>17 digits times 16 plus the check character; null for anything that is not 18 characters of that form.</summary>
    public static string Key(string number, Func<string, string> toBigint) =>
        $"CASE WHEN length({number}) = 18 THEN {toBigint($"left({number}, 17)")} * 16 + "
        + $"CASE WHEN right({number}, 1) IN ('X', 'x') THEN 10 ELSE {toBigint($"right({number}, 1)")} END END";

    private static string Digit(int i) => $"CAST(substr(num, {i}, 1) AS int)";

    private static string CheckSum => string.Join(" + ", new[] { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 }.Select((weight, i) => $"{Digit(i + 1)} * {weight}"));

    private const string Year = "CAST(substr(num, 7, 4) AS int)", Month = "CAST(substr(num, 11, 2) AS int)", Day = "CAST(substr(num, 13, 2) AS int)";

    private const string LastDay =
        $"CASE WHEN {Month} IN (4, 6, 9, 11) THEN 30 WHEN {Month} <> 2 THEN 31 WHEN {Year} % 4 = 0 AND ({Year} % 100 <> 0 OR {Year} % 400 = 0) THEN 29 ELSE 28 END";

    private const string Provinces =
        "'11','12','13','14','15','21','22','23','31','32','33','34','35','36','37','41','42','43','44','45','46','50','51','52','53','54','61','62','63','64','65','71','81','82'";

    private static string CheckFails => $"right(num, 1) <> substr('10X98765432', ({CheckSum}) % 11 + 1, 1)";

    /// <summary>Why a number that was not found is not valid, or null.</summary>
    private static string Reason(Func<string, string, string> matches) =>
        $"""
        CASE WHEN found IS NOT NULL THEN NULL
             WHEN num IS NULL THEN 'number_missing'
             WHEN NOT ({matches("num", "^[0-9]+X?$")}) THEN 'number_characters'
             WHEN length(num) <> 18 THEN 'number_length'
             WHEN right(num, 3) = '000' AND {CheckFails} THEN 'number_damaged_by_spreadsheet'
             WHEN {Year} < 1800 OR {Month} NOT BETWEEN 1 AND 12 OR {Day} NOT BETWEEN 1 AND ({LastDay}) OR substr(num, 7, 8) > '20260101' THEN 'number_date'
             WHEN left(num, 2) NOT IN ({Provinces}) THEN 'number_division'
             WHEN {CheckFails} THEN 'number_check_digit'
        END
        """;

    /// <summary>The whole answer.</summary>
    /// <param name="asked">A relation with seq, name, id_number, division and key.</param>
    /// <param name="matches">A regular expression test.</param>
    /// <param name="inList">Is a value in a list joined by bars.</param>
    /// <param name="order">An ORDER BY clause or nothing.</param>
    public static string Answer(string asked, Func<string, string, string> matches, Func<string, string, string> inList, string order) =>
        $"""
        WITH hit AS (
          SELECT q.seq, q.name, q.id_number, q.division, a.new_key, p.key AS found,
                 p.name AS r_name, p.division AS r_division, p.status, p.former_names
          FROM {asked} q LEFT JOIN alias a ON a.old_key = q.key LEFT JOIN person p ON p.key = coalesce(a.new_key, q.key)),
        sorted AS (
          SELECT *, CASE WHEN found IS NULL THEN upper(id_number) END AS num,
                 coalesce(name = r_name AND division = r_division AND status = 'active' AND new_key IS NULL AND right(id_number, 1) <> 'x', false) AS plain
          FROM hit),
        judged AS (
          SELECT *, CASE WHEN plain THEN NULL ELSE {Reason(matches)} END AS reason, name IS NULL AS nameless,
                 CASE WHEN plain OR found IS NULL THEN false ELSE name <> r_name END AS name_differs,
                 CASE WHEN plain OR found IS NULL THEN false ELSE division <> r_division END AS division_differs
          FROM sorted)
        SELECT seq,
          CASE WHEN plain THEN 'consistent' WHEN nameless OR reason IS NOT NULL THEN 'invalid' WHEN found IS NULL THEN 'not_in_register'
               WHEN status = 'changing' THEN 'cannot_decide' WHEN name_differs OR division_differs THEN 'inconsistent' ELSE 'consistent' END AS code,
          CASE WHEN plain OR nameless OR reason IS NOT NULL OR status = 'changing' THEN NULL WHEN name_differs AND division_differs THEN 'name;division'
               WHEN name_differs THEN 'name' WHEN division_differs THEN 'division' END AS fields,
          CASE WHEN plain THEN NULL
               WHEN nameless OR reason IS NOT NULL THEN CASE WHEN NOT nameless THEN reason WHEN reason IS NULL THEN 'name_missing' ELSE reason || ';name_missing' END
               ELSE nullif(concat_ws(';',
                 CASE status WHEN 'changing' THEN 'change_in_progress' WHEN 'deceased' THEN 'deceased' WHEN 'cancelled' THEN 'cancelled' END,
                 CASE WHEN new_key IS NOT NULL THEN 'superseded_number' END,
                 CASE WHEN right(id_number, 1) = 'x' THEN 'normalised_number' END,
                 CASE WHEN name_differs AND {inList("name", "former_names")} THEN 'former_name' END), '') END AS notes
        FROM judged {order}
        """;
}
