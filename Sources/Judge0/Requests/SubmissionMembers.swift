/// The members of a submission's object that mean something; others are passed over unread.
struct SubmissionMembers: Decodable, Sendable {
    let values: [String: ParameterValue]
    /// The names of those that are there and cannot be read: a list, an object, a text that is not Unicode, a number out of range.
    let unreadable: [String]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case source_code, language_id, compiler_options, command_line_arguments, number_of_runs, stdin
        case expected_output, cpu_time_limit, cpu_extra_time, wall_time_limit, memory_limit, stack_limit
        case max_processes_and_or_threads, max_file_size
        case enable_per_process_and_thread_time_limit, enable_per_process_and_thread_memory_limit
        case redirect_stderr_to_stdout, callback_url, additional_files, enable_network
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var values: [String: ParameterValue] = [:]
        var unreadable: [String] = []
        for key in CodingKeys.allCases {
            do {
                values[key.rawValue] = try container.decodeIfPresent(ParameterValue.self, forKey: key)
            } catch {
                // Passed over, it would be judged by another input or under other limits than were meant.
                unreadable.append(key.rawValue)
            }
        }
        self.values = values
        self.unreadable = unreadable
    }
}

/// The submissions of a batch.
struct BatchMembers: Decodable, Sendable {
    /// How many there are.
    let count: Int
    /// Their members, `nil` for one that is no object; none when there are too many.
    let submissions: [SubmissionMembers?]

    private enum CodingKeys: String, CodingKey {
        case submissions
    }

    private struct Item: Decodable {
        let members: SubmissionMembers?

        init(from decoder: any Decoder) throws { members = try? SubmissionMembers(from: decoder) }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard var list = try? container.nestedUnkeyedContainer(forKey: .submissions) else {
            (count, submissions) = (0, [])
            return
        }
        count = list.count ?? 0
        var submissions: [SubmissionMembers?] = []
        while count <= SubmissionRoutes.batch, !list.isAtEnd {
            submissions.append(try list.decode(Item.self).members)
        }
        self.submissions = submissions
    }
}
