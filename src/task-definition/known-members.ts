/** What @aws-sdk/client-ecs 3.1164.0 knows of a task definition; written by scripts/write-known-members.ts. */
export const ROOT = 'RegisterTaskDefinitionRequest'

/** Structure to its members; behind a colon the structure that the member holds, alone or in a list. Texts: V8 takes long for large tables. */
export const KNOWN_MEMBERS: Readonly<Record<string, string>> = {
  RegisterTaskDefinitionRequest:
    'family containerDefinitions:ContainerDefinition taskRoleArn executionRoleArn networkMode volumes:Volume placementConstraints:TaskDefinitionPlacementConstraint requiresCompatibilities cpu memory tags:Tag pidMode ipcMode proxyConfiguration:ProxyConfiguration inferenceAccelerators:InferenceAccelerator ephemeralStorage:EphemeralStorage runtimePlatform:RuntimePlatform enableFaultInjection',
  ContainerDefinition:
    'name image repositoryCredentials:RepositoryCredentials cpu memory memoryReservation links portMappings:PortMapping essential restartPolicy:ContainerRestartPolicy entryPoint command environment:KeyValuePair environmentFiles:EnvironmentFile mountPoints:MountPoint volumesFrom:VolumeFrom linuxParameters:LinuxParameters secrets:Secret dependsOn:ContainerDependency startTimeout stopTimeout versionConsistency hostname user workingDirectory disableNetworking privileged readonlyRootFilesystem dnsServers dnsSearchDomains extraHosts:HostEntry dockerSecurityOptions interactive pseudoTerminal dockerLabels ulimits:Ulimit logConfiguration:LogConfiguration healthCheck:HealthCheck systemControls:SystemControl resourceRequirements:ResourceRequirement firelensConfiguration:FirelensConfiguration credentialSpecs',
  RepositoryCredentials: 'credentialsParameter',
  PortMapping: 'containerPort hostPort protocol name appProtocol containerPortRange',
  ContainerRestartPolicy: 'enabled ignoredExitCodes restartAttemptPeriod',
  KeyValuePair: 'name value',
  EnvironmentFile: 'value type',
  MountPoint: 'sourceVolume containerPath readOnly',
  VolumeFrom: 'sourceContainer readOnly',
  LinuxParameters:
    'capabilities:KernelCapabilities devices:Device initProcessEnabled sharedMemorySize tmpfs:Tmpfs maxSwap swappiness',
  KernelCapabilities: 'add drop',
  Device: 'hostPath containerPath permissions',
  Tmpfs: 'containerPath size mountOptions',
  Secret: 'name valueFrom',
  ContainerDependency: 'containerName condition',
  HostEntry: 'hostname ipAddress',
  Ulimit: 'name softLimit hardLimit',
  LogConfiguration: 'logDriver options secretOptions:Secret',
  HealthCheck: 'command interval timeout retries startPeriod',
  SystemControl: 'namespace value',
  ResourceRequirement: 'type value sharingStrategy:SharingStrategy',
  SharingStrategy: 'nvidiaMps:NvidiaMpsAllocation',
  NvidiaMpsAllocation: 'memory maxComputePercent',
  FirelensConfiguration: 'type options',
  Volume:
    'name host:HostVolumeProperties dockerVolumeConfiguration:DockerVolumeConfiguration efsVolumeConfiguration:EFSVolumeConfiguration s3filesVolumeConfiguration:S3FilesVolumeConfiguration fsxWindowsFileServerVolumeConfiguration:FSxWindowsFileServerVolumeConfiguration configuredAtLaunch',
  HostVolumeProperties: 'sourcePath',
  DockerVolumeConfiguration: 'scope autoprovision driver driverOpts labels',
  EFSVolumeConfiguration:
    'fileSystemId rootDirectory transitEncryption transitEncryptionPort authorizationConfig:EFSAuthorizationConfig',
  EFSAuthorizationConfig: 'accessPointId iam',
  S3FilesVolumeConfiguration: 'fileSystemArn rootDirectory transitEncryptionPort accessPointArn',
  FSxWindowsFileServerVolumeConfiguration:
    'fileSystemId rootDirectory authorizationConfig:FSxWindowsFileServerAuthorizationConfig',
  FSxWindowsFileServerAuthorizationConfig: 'credentialsParameter domain',
  TaskDefinitionPlacementConstraint: 'type expression',
  Tag: 'key value',
  ProxyConfiguration: 'containerName type properties:KeyValuePair',
  InferenceAccelerator: 'deviceName deviceType',
  EphemeralStorage: 'sizeInGiB',
  RuntimePlatform: 'cpuArchitecture operatingSystemFamily'
}
