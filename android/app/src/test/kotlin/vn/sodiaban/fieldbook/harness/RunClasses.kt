package vn.sodiaban.fieldbook.harness

import kotlin.system.exitProcess
import kotlin.time.measureTimedValue
import org.junit.runner.JUnitCore
import org.junit.runner.notification.Failure

/** Runs the test classes whose names come in, one a line, and answers each with figures: see host-build/testrun.py. */
object RunClasses {
    @JvmStatic
    fun main(arguments: Array<String>) {
        generateSequence(::readlnOrNull).forEach { name ->
            val (result, time) = measureTimedValue { JUnitCore.runClasses(Class.forName(name)) }
            result.failures.forEach(::tell)
            println("\n##done ${result.runCount} ${result.failureCount} ${time.inWholeMilliseconds}")
        }
        exitProcess(0) // threads of what was tested may linger
    }

    /** A failure with the frames of our own code; the whole would bury them. */
    private fun tell(failure: Failure) {
        println("FAILED ${failure.description.displayName}")
        generateSequence(failure.exception) { it.cause }.forEach { problem ->
            println("  $problem")
            problem.stackTrace.filter { it.className.startsWith("vn.sodiaban") }.take(FRAMES).forEach { println("      at $it") }
        }
    }

    private const val FRAMES = 12
}
