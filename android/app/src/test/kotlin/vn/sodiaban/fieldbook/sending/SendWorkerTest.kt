package vn.sodiaban.fieldbook.sending

import android.app.Application
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import androidx.work.NetworkType
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.WorkManagerTestInitHelper
import java.awt.image.BufferedImage
import java.io.File
import javax.imageio.ImageIO
import kotlin.random.Random
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.Traffic
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.notePetition

/** The work the system does for us, over the real core and server. */
@RunWith(AndroidJUnit4::class)
class SendWorkerTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private val phone: Application get() = ApplicationProvider.getApplicationContext()
    private val system get() = WorkManager.getInstance(phone)

    @Test fun whatWaitsWhenTheAppIsLeftIsSentByTheSystem() {
        val graph = app.enrolled(office, HEAD)
        app.network(Network.NO_NETWORK)
        app.open(graph)
        app.see("Chưa có mạng")
        graph.notePetition("Cầu ván mục")
        app.leave()
        val work = await(SendPlan.SOON) { true }
        assertEquals(NetworkType.CONNECTED, work.constraints.requiredNetworkType)
        app.network(Network.METERED)
        meetConstraints(work)
        assertEquals(WorkInfo.State.SUCCEEDED, await(SendPlan.SOON) { it.state.isFinished }.state)
        assertEquals(0, graph.traffic().recordsWaiting)
        assertEquals(1, office.run("office", "list", "--kind", "petition", "--json").lines().count { "petition" in it })
    }

    @Test fun textGoesOnAnyNetworkAndPhotosWaitForWifiWhenSoChosen() {
        val graph = app.enrolled(office, HEAD)
        runBlocking { graph.fieldbook.setPhotoPolicy(PhotoPolicy.TEXT_ONLY) }
        app.network(Network.METERED)
        app.use(graph)
        graph.notePetition("Cống nghẹt", picture().path)
        runBlocking { graph.plan.soon() }
        meetConstraints(await(SendPlan.SOON) { true })
        await(SendPlan.SOON) { it.state.isFinished }
        assertEquals(0 to 1, graph.traffic().run { recordsWaiting to photosWaiting })

        val wifi = await(SendPlan.ON_WIFI) { true }
        assertEquals(NetworkType.UNMETERED, wifi.constraints.requiredNetworkType)
        app.network(Network.UNMETERED)
        meetConstraints(wifi)
        assertEquals(WorkInfo.State.SUCCEEDED, await(SendPlan.ON_WIFI) { it.state.isFinished }.state)
        assertEquals(0, graph.traffic().photosWaiting)
    }

    @Test fun anOfficeThatIsDownIsTriedAgain() {
        val graph = app.enrolled(office, HEAD)
        app.use(graph)
        graph.notePetition("Đèn đường tắt")
        office.stop()
        runBlocking { graph.plan.soon() }
        meetConstraints(await(SendPlan.SOON) { true })
        val again = await(SendPlan.SOON) { it.runAttemptCount == 1 && it.state == WorkInfo.State.ENQUEUED }
        assertEquals(1, graph.traffic().recordsWaiting)
        office.start()
        meetConstraints(again)
    }

    @Test fun everyHourIsAskedForOnceAndDoesNothingBeforeEnrolment() {
        val graph = app.phone()
        app.open(graph)
        app.see("Nhập mã của văn phòng")
        val hourly = await(SendPlan.HOURLY) { true }
        assertEquals(NetworkType.CONNECTED, hourly.constraints.requiredNetworkType)
        meetConstraints(hourly)
        await(SendPlan.HOURLY) { it.state == WorkInfo.State.ENQUEUED && it.runAttemptCount == 0 }
        app.recreate()
        app.see("Nhập mã của văn phòng")
        assertEquals(hourly.id, await(SendPlan.HOURLY) { true }.id)
    }

    private fun Graph.traffic(): Traffic = runBlocking { fieldbook.status().traffic }

    private fun meetConstraints(work: WorkInfo) {
        checkNotNull(WorkManagerTestInitHelper.getTestDriver(phone)).setAllConstraintsMet(work.id)
    }

    private fun await(name: String, condition: (WorkInfo) -> Boolean): WorkInfo {
        var found: WorkInfo? = null
        app.waitFor("$name to be as it should") {
            found = system.getWorkInfosForUniqueWork(name).get().singleOrNull()?.takeIf(condition)
            found != null
        }
        return checkNotNull(found)
    }

    private fun picture(): File {
        val image = BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB)
        val random = Random(1)
        for (y in 0 until image.height step 8) for (x in 0 until image.width step 8) image.setRGB(x, y, random.nextInt())
        return File.createTempFile("picture", ".jpg").also { ImageIO.write(image, "jpg", it) }
    }
}
